//! Figures: stat cards, progress, sparklines, charts.

use std::fmt::Write as _;

use kernel::{Lang, text};
use maud::{Markup, PreEscaped, html};

use crate::num::decimal;
use crate::table::{Column, Row, Shape, Table};
use crate::{Tone, icon};

/// One figure with what it opens.
#[derive(Clone, Debug, Default)]
pub struct StatCard<'a> {
    /// What is counted.
    pub label: &'a str,
    /// The figure as written.
    pub value: &'a str,
    /// Its unit; may be empty.
    pub unit: &'a str,
    /// A comparison or a remark.
    pub note: Option<Markup>,
    /// How it reads; red makes the figure itself red.
    pub tone: Tone,
    /// The records behind it.
    pub href: Option<&'a str>,
    /// The sign before it; may be empty.
    pub icon: &'a str,
}

/// A stat card; a link when the figure opens its records.
pub fn stat(card: &StatCard<'_>) -> Markup {
    let class = format!("card stat stat-{}", card.tone.name());
    let inside = html! {
        @if !card.icon.is_empty() {
            span class={ "stat-icon tone-" (card.tone.name()) } { (icon(card.icon)) }
        }
        span class="stat-text" {
            span class="stat-label" { (card.label) }
            span class="stat-value" {
                (card.value)
                @if !card.unit.is_empty() { span class="stat-unit" { (card.unit) } }
            }
            @if let Some(note) = &card.note { span class="stat-note" { (note) } }
        }
    };
    html! {
        @if let Some(href) = card.href { a class=(class) href=(href) { (inside) } }
        @else { div class=(class) { (inside) } }
    }
}

/// How much of the whole is done, as a bar and in whole percent, rounded down: 100% is said only
/// when all is done. The label names it.
pub fn progress(value: u64, max: u64, label: &str) -> Markup {
    let percent = (u128::from(value.min(max)) * 100).checked_div(u128::from(max));
    html! {
        div class="progress-row" {
            progress class="progress" value=(value.min(max)) max=(max.max(1)) aria-label=(label) {}
            span class="number" {
                @if let Some(percent) = percent { (percent) "%" } @else { "—" }
            }
        }
    }
}

/// A line without axes for a table cell; the figures themselves are its name.
pub fn sparkline(values: &[i64]) -> Markup {
    sparkline_said(values, &values.iter().map(i64::to_string).collect::<Vec<_>>().join(", "))
}

/// The same with a name of its own, for figures that are drawn otherwise than they are said: a
/// first place on top.
pub fn sparkline_said(values: &[i64], said: &str) -> Markup {
    let (Some(&low), Some(&high)) = (values.iter().min(), values.iter().max()) else {
        return html! { span class="muted" { "—" } };
    };
    let points: Vec<(usize, i128)> = values
        .iter()
        .enumerate()
        .map(|(index, &value)| (index * 960 / (values.len() - 1).max(1), height(value, low, high)))
        .collect();
    let path = points.iter().fold(String::new(), |mut path, (x, y)| {
        path.push_str(&format!("{},{} ", tenths(*x as i128), tenths(*y)));
        path
    });
    html! {
        svg class="sparkline" viewBox="0 0 96 28" width="96" height="28" role="img"
            aria-label=(said) {
            polyline points=(path.trim_end()) {}
            @if let Some((x, y)) = points.last() {
                circle cx=(tenths(*x as i128)) cy=(tenths(*y)) r="2.5" {}
            }
        }
    }
}

/// The height of a value in tenths of a pixel from the top, in a band from 3 to 25.
fn height(value: i64, low: i64, high: i64) -> i128 {
    let span = i128::from(high) - i128::from(low);
    if span == 0 {
        return 140;
    }
    250 - (i128::from(value) - i128::from(low)) * 220 / span
}

fn tenths(units: i128) -> String {
    decimal(units, 1)
}

/// The shape of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// Lines over time.
    Line,
    /// Columns side by side.
    Bar,
    /// Columns whose parts add up.
    Stacked,
    /// Lying bars, the first on top.
    Ranking,
    /// Shares of a whole; only the first series is drawn.
    Pie,
}

/// How tall a chart is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Height {
    /// 190 px.
    Small,
    /// 280 px.
    #[default]
    Medium,
    /// 400 px.
    Large,
    /// 560 px.
    Huge,
}

impl Height {
    const fn class(self) -> &'static str {
        match self {
            Self::Small => "chart-area chart-sm",
            Self::Medium => "chart-area",
            Self::Large => "chart-area chart-lg",
            Self::Huge => "chart-area chart-xl",
        }
    }
}

/// One row of figures in a chart.
#[derive(Debug)]
pub struct Series<'a> {
    /// Its name in the legend.
    pub name: &'a str,
    /// Its figures in units of the last decimal, one for each label; nothing where unknown.
    pub values: &'a [Option<i64>],
    /// Its colour when it has a meaning; grey leaves the choice to the palette.
    pub tone: Tone,
}

/// What a chart shows. The table below it is made from the same figures.
#[derive(Debug)]
pub struct ChartData<'a> {
    /// What the chart shows, for screen readers and as the table's caption.
    pub title: &'a str,
    /// The shape.
    pub kind: ChartKind,
    /// How tall it is.
    pub height: Height,
    /// What the labels are: 周, 区县.
    pub axis: &'a str,
    /// The labels along the axis.
    pub labels: &'a [&'a str],
    /// The figures.
    pub series: &'a [Series<'a>],
    /// The unit of the figures; may be empty.
    pub unit: &'a str,
    /// How many decimals the figures carry.
    pub decimals: u32,
}

/// A chart with the table of its figures folded below it.
pub fn chart_of(lang: Lang, id: &str, data: &ChartData<'_>) -> Markup {
    chart(id, data.height, &json(data), figures(lang, data))
}

/// A chart drawn from JSON beside it (see [`ChartData`] for its words) with a table that says
/// the same; without script only the table is there.
pub fn chart(id: &str, height: Height, json_text: &str, table_fallback: Markup) -> Markup {
    html! {
        figure class="chart" {
            div id=(id) class=(height.class()) data-chart aria-hidden="true" {}
            script type="application/json" { (PreEscaped(json_text.replace("</", "<\\/"))) }
            (table_fallback)
        }
    }
}

fn figures(lang: Lang, data: &ChartData<'_>) -> Markup {
    let mut columns = vec![Column::lead(data.axis)];
    columns.extend(data.series.iter().map(|series| Column::number(series.name)));
    let rows = data.labels.iter().enumerate().map(|(index, label)| {
        let mut cells = vec![html! { (label) }];
        cells.extend(data.series.iter().map(|series| {
            let value = series.values.get(index).copied().flatten();
            let shown = value.map(|units| decimal(i128::from(units), data.decimals));
            html! { (shown.as_deref().unwrap_or("—")) }
        }));
        Row { cells, ..Row::default() }
    });
    let table = Table {
        caption: data.title,
        columns: &columns,
        rows: rows.collect(),
        shape: Shape::Plain,
        ..Table::default()
    };
    html! {
        details class="chart-table" {
            summary { (text!("查看数据表", "Show the figures").of(lang)) }
            (table.render())
        }
    }
}

fn json(data: &ChartData<'_>) -> String {
    let kind = match data.kind {
        ChartKind::Line => "line",
        ChartKind::Bar => "bar",
        ChartKind::Stacked => "stacked",
        ChartKind::Ranking => "ranking",
        ChartKind::Pie => "pie",
    };
    let labels = data.labels.iter().map(|label| quoted(label)).collect::<Vec<_>>().join(",");
    let series = data.series.iter().map(series_json).collect::<Vec<_>>().join(",");
    format!(
        r#"{{"kind":"{kind}","unit":{},"decimals":{},"labels":[{labels}],"series":[{series}]}}"#,
        quoted(data.unit),
        data.decimals,
    )
}

fn series_json(series: &Series<'_>) -> String {
    let values = series
        .values
        .iter()
        .map(|value| value.map_or_else(|| "null".to_owned(), |units| units.to_string()))
        .collect::<Vec<_>>()
        .join(",");
    let tone = match series.tone {
        Tone::Grey => String::new(),
        Tone::Blue => r#","tone":1"#.to_owned(),
        Tone::Green => r#","tone":2"#.to_owned(),
        Tone::Yellow => r#","tone":3"#.to_owned(),
        Tone::Red => r#","tone":4"#.to_owned(),
    };
    format!(r#"{{"name":{},"values":[{values}]{tone}}}"#, quoted(series.name))
}

/// A JSON string. "<" is escaped too: no text may end the script element around it.
fn quoted(text: &str) -> String {
    let mut json = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '<' | '\u{0}'..='\u{1f}' | '\u{2028}' | '\u{2029}' => {
                let written = write!(json, "\\u{:04x}", u32::from(letter));
                debug_assert!(written.is_ok(), "a string takes every text");
            }
            plain => json.push(plain),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use kernel::Lang;
    use maud::html;

    use super::{
        ChartData, ChartKind, Height, Series, StatCard, chart, chart_of, progress, quoted,
        sparkline, stat,
    };
    use crate::Tone;

    #[test]
    fn no_text_closes_the_json_script() {
        assert_eq!(quoted("a\"</b\n"), r#""a\"\u003c/b\u000a""#);
        let shown = chart("c", Height::Small, r#"{"x":"</script>"}"#, html! {}).0;
        assert_eq!(shown.matches("</script>").count(), 1);
    }

    #[test]
    fn a_chart_brings_its_figures_as_a_table() {
        let data = ChartData {
            title: "趋势",
            kind: ChartKind::Line,
            height: Height::Medium,
            axis: "周",
            labels: &["第1周", "第2周"],
            series: &[Series { name: "办结率", values: &[Some(912), None], tone: Tone::Blue }],
            unit: "%",
            decimals: 1,
        };
        let shown = chart_of(Lang::Zh, "c", &data).0;
        assert!(shown.contains(r#""values":[912,null],"tone":1"#), "{shown}");
        assert!(shown.contains("91.2") && shown.contains("—") && shown.contains("查看数据表"));
    }

    #[test]
    fn sparklines_hold_their_band() {
        assert!(sparkline(&[]).0.contains("—"));
        assert!(sparkline(&[5]).0.contains("0.0,14.0"));
        let shown = sparkline(&[i64::MIN, i64::MAX]).0;
        assert!(shown.contains("0.0,25.0 96.0,3.0"), "{shown}");
    }

    #[test]
    fn progress_never_passes_its_whole() {
        assert!(progress(7, 5, "x").0.contains(">100%"));
        assert!(progress(999, 1_000, "x").0.contains(">99%"));
        assert!(progress(0, 0, "x").0.contains("—"));
    }

    #[test]
    fn a_figure_with_records_is_a_link() {
        let card =
            StatCard { label: "逾期", value: "3", href: Some("/x"), ..StatCard::default() };
        assert!(stat(&card).0.starts_with(r#"<a class="card stat stat-grey" href="/x""#));
    }
}
