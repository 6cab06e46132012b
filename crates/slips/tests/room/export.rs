//! The slips and the missed reports taken out as spreadsheets.

#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use std::io::Cursor;

use calamine::{Data, DataType as _, Reader as _, Xlsx};
use kernel::Role;
use testkit::{Page, each_engine};

use crate::common::{Line, issue, issued, lead, plans, round, slip};

/// The rows of a file: header first.
fn rows(page: &Page, sheet: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(page.bytes().to_vec())).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().skip(2).map(<[Data]>::to_vec).collect()
}

/// The cells of a column by its title.
fn column(page: &Page, sheet: &str, title: &str) -> Vec<String> {
    let rows = rows(page, sheet);
    let place = rows[0].iter().position(|cell| cell.get_string() == Some(title)).unwrap();
    rows[1..].iter().map(|row| row[place].to_string()).collect()
}

#[test]
fn the_slips_as_filtered_are_taken_out_and_noted() {
    each_engine(plans, async |city| {
        let weekly = [("rhythm", "weekly"), ("report_day", "5"), ("report_hour", "17")]
            .map(|(name, value)| (name, value.to_owned()));
        let mut one = vec![lead(&city, "临颍县")];
        one.extend(weekly);
        let two = [lead(&city, "舞阳县")];
        let line = |title, more| Line { title, due: "2021-11-12", more };
        issued(&city, &[line("=1+1 用地报批", &one), line("高速连接线拆迁", &two)]).await;
        city.set_clock("2021-11-15", "09:00");
        let done = round(&city).await;
        assert_eq!((done.slips, done.missed), (2, 1));
        let (officer, head) = (city.post("officer of 督查局"), city.post("head of 临颍县"));
        let own = slip(&city, "=1+1 用地报批").await;
        issue(&city, &own).await;
        let post = head.held().post.to_string();
        let answer = [("done", "已补办手续"), ("responsible", post.as_str())];
        head.post(&format!("{own}/answers"), &answer).await.is(303);
        let all = officer.get("/slips/export").await.is(200);
        assert!(all.header("content-type").unwrap().contains("spreadsheetml"));
        let register = "督办单台账";
        assert_eq!(column(&all, register, "原事项"), ["高速连接线拆迁", "=1+1 用地报批"]);
        assert_eq!(column(&all, register, "编号"), ["", "督办〔2021〕1号"]);
        assert_eq!(column(&all, register, "状态"), ["拟稿", "回执待核"]);
        assert_eq!(column(&all, register, "整改情况"), ["", "已补办手续"]);
        assert_eq!(column(&all, register, "回执是否超期"), ["", "未超期"]);
        assert!(matches!(rows(&all, register)[2][7], Data::DateTime(_)), "a day is a day");
        let query = format!("unit={}&open=1", city.unit("舞阳县"));
        let one = officer.get(&format!("/slips/export?{query}")).await.is(200);
        assert_eq!(column(&one, register, "被督办单位"), ["舞阳县"]);
        // What is not issued to a unit it does not take out.
        let own = head.get("/slips/export").await.is(200);
        assert_eq!(column(&own, register, "编号"), ["督办〔2021〕1号"]);
        let english = officer.with("accept-language", "en").get("/slips/export").await.is(200);
        assert_eq!(column(&english, "Register of slips", "State")[0], "Draft");
        let button = officer.get(&format!("/slips?{query}&after=x")).await.is(200);
        let hrefs = button.attributes("a", "href");
        assert!(hrefs.contains(&format!("/slips/export?{query}")), "{hrefs:?}");
        let missed = officer.get("/missed-reports/export").await.is(200);
        assert_eq!(column(&missed, "未按时反馈", "事项"), ["=1+1 用地报批"]);
        assert_eq!(column(&missed, "未按时反馈", "现在"), ["仍未反馈"]);
        let other = format!("/missed-reports/export?unit={}", city.unit("舞阳县"));
        let none = officer.get(&other).await.is(200);
        assert_eq!(column(&none, "未按时反馈", "事项"), [""; 0]);
        head.get("/missed-reports/export").await.is(404);
        city.as_(Role::SystemAdmin).get("/slips/export").await.is(404);
        let sql = "SELECT detail FROM access_log WHERE jurisdiction_id = $1 \
            AND event = 'taken_out' ORDER BY id LIMIT 9";
        let args = journal::args![city.id()];
        let noted: Vec<(String,)> = city.read().await.all(sql, args).await.unwrap();
        assert_eq!(noted[0].0, "督办单台账-2021-11-15.xlsx, 2");
        assert_eq!(noted.len(), 6);
    });
}
