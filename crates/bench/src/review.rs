//! A month over HTTP: from the button that computes it to the draft, and the pages that explain it.

use std::time::{Duration, Instant};

use journal::{Error, Result};
use serde_json::Value;
use uuid::Uuid;

use crate::http::{Ask, Reply, once};
use crate::measure::Bench;
use crate::meter::Meter;
use crate::office::Person;
use crate::process::Server;
use crate::table::ms;

/// Between two looks at how far it is.
const LOOK: Duration = Duration::from_millis(20);
/// No review takes longer.
const PATIENCE: Duration = Duration::from_secs(600);

/// A month in which the load of the city was due, and how long it may take from the button to its
/// scores.
#[derive(Clone, Copy)]
pub(crate) struct Reviewed<'a> {
    pub(crate) month: &'a str,
    pub(crate) what: &'a str,
    pub(crate) seconds: u64,
}

/// What was seen while it was computed.
struct Computed {
    page: Value,
    wall: Duration,
    /// How often another share of the work was told.
    steps: usize,
}

impl Bench {
    /// Opens the month, computes it, shows it to units, and asks for the pages that explain it.
    pub(crate) async fn review(
        &mut self,
        (server, meter): (&Server, Meter),
        bureau: &Person,
        reviewed: Reviewed<'_>,
    ) -> Result<()> {
        let Reviewed { month, what, seconds } = reviewed;
        let at = format!("/reviews/{month}");
        post(server, bureau, "/reviews/new", &[("month", month)]).await?;
        let before = meter.now()?;
        let Computed { page, wall, steps } = compute(server, bureau, &at).await?;
        let cpu = meter.since(before, 1)?;
        let units = ranked(&page);
        if units.is_empty() {
            return Err(Error::fault(format!("no unit is ranked: {page}")));
        }
        let what = format!("{what}, {} units ranked", units.len());
        let shown =
            if steps > 0 { format!(", progress told {steps} times") } else { String::new() };
        let measured = format!("{:.2} s ({}){shown}", wall.as_secs_f64(), cpu.text());
        eprintln!("{what}: {measured}");
        let is_met = wall <= Duration::from_secs(seconds);
        self.row(&what, &format!("≤ {seconds} s"), (measured, is_met));
        self.firm(&at, bureau).await?;
        post(server, bureau, &format!("{at}/draft"), &[("window", "2")]).await?;
        self.explained((server, meter), bureau, (&at, &units)).await
    }

    /// What is worked out after the computing, so that nobody waits for it later.
    async fn firm(&mut self, at: &str, bureau: &Person) -> Result<()> {
        let start = Instant::now();
        settled(bureau, at).await?;
        let after = format!("{:.2} s", start.elapsed().as_secs_f64());
        eprintln!("how firm places are, after the computing: {after}");
        self.row("how firm places are, after the computing", "–", (after, true));
        Ok(())
    }

    async fn explained(
        &mut self,
        at: (&Server, Meter),
        bureau: &Person,
        (month, units): (&str, &[Uuid]),
    ) -> Result<()> {
        let (html, month, units) = (bureau.html(), month.to_owned(), units.to_vec());
        let make = move |n: usize| {
            let unit = units.get(n % units.len().max(1)).copied().unwrap_or_default();
            Ask::get(&format!("{month}/units/{unit}"), &html)
        };
        let check = |_: usize, reply: &Reply| {
            reply.must_be(200, "a unit's sheet")?;
            let is_whole = reply.holds("按期办结率") && reply.holds("第三条");
            if is_whole { Ok(()) } else { Err(Error::fault("the sheet explains nothing")) }
        };
        self.page(at, ("a unit's sheet, explained, HTML", 5), make, check).await
    }
}

async fn post(
    server: &Server,
    person: &Person,
    path: &str,
    fields: &[(&str, &str)],
) -> Result<Reply> {
    let (token, key) = (person.form_token().await?, Uuid::now_v7().to_string());
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("csrf", &token).append_pair("act_key", &key).extend_pairs(fields);
    let mut headers = person.html();
    headers.push(("content-type", "application/x-www-form-urlencoded".to_owned()));
    let reply = once(server.address, &Ask::post(path, &headers, form.finish())).await?;
    reply.must_be(303, path)?;
    Ok(reply)
}

/// Presses the button and looks until the scores are there.
async fn compute(server: &Server, bureau: &Person, at: &str) -> Result<Computed> {
    let start = Instant::now();
    post(server, bureau, &format!("{at}/computations"), &[]).await?;
    let (mut steps, mut last) = (0, None);
    loop {
        let page = bureau.read(at).await?;
        if page["computation"].is_object() {
            return Ok(Computed { page, wall: start.elapsed(), steps });
        }
        let told = page["under_way"]["per_mille"].as_u64();
        if told.is_none() {
            return Err(Error::fault(format!("nothing was computed: {}", page["failed"])));
        }
        steps += usize::from(told != last);
        last = told;
        if start.elapsed() > PATIENCE {
            return Err(Error::fault(format!("still computing after {} ms", ms(PATIENCE))));
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Waits until nothing goes on about the month.
async fn settled(bureau: &Person, at: &str) -> Result<()> {
    let start = Instant::now();
    while !bureau.read(at).await?["under_way"].is_null() {
        if start.elapsed() > PATIENCE {
            return Err(Error::fault("the month does not come to rest"));
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}

/// The units that have a place.
fn ranked(page: &Value) -> Vec<Uuid> {
    let groups = page["groups"].as_array().into_iter().flatten();
    let units = groups.flat_map(|group| group["units"].as_array().into_iter().flatten());
    let placed = units.filter(|unit| unit["rank"].is_string());
    placed.filter_map(|unit| unit["unit_id"].as_str()?.parse().ok()).collect()
}
