//! One engine, from start to stop: every row of the table over HTTP, with the raw SQL beside it.

use std::path::PathBuf;
use std::time::Duration;

use journal::{Error, Place, Result};
use uuid::Uuid;

use crate::http::{Ask, Reply, Taken, once, volley};
use crate::meter::Meter;
use crate::office::{self, Person};
use crate::process::{self, Server};
use crate::raw::Raw;
use crate::review::Reviewed;
use crate::table::{Cpu, Row, count, mb, ms};

/// Connections over which pages are asked for.
const READERS: usize = 2;
/// Connections over which acts are sent.
const WRITERS: usize = 32;
const BOUNDARY: &str = "----duban-bench";

/// What is measured, and with how many requests.
pub(crate) struct Bench {
    pub(crate) program: PathBuf,
    /// The folder with `accounts.txt`, and with the database on SQLite.
    pub(crate) folder: PathBuf,
    pub(crate) place: Place,
    /// The first process of the PostgreSQL server.
    pub(crate) postmaster: Option<u32>,
    pub(crate) requests: u32,
    pub(crate) acts: u32,
    pub(crate) rows: Vec<Row>,
}

/// What the pages were found to show, for the raw SQL to do the same.
pub(crate) struct Seen {
    pub(crate) bureau: String,
    pub(crate) liaison: String,
    pub(crate) cards: Vec<Uuid>,
    pub(crate) own: Vec<Uuid>,
    pub(crate) rare: String,
}

impl Bench {
    /// The flags that name the place.
    pub(crate) fn flags(&self) -> Vec<String> {
        match &self.place {
            Place::Folder(folder) => vec!["--data".to_owned(), folder.display().to_string()],
            Place::Postgres(url) => vec!["--database".to_owned(), url.clone()],
        }
    }

    /// Measures everything that is asked over HTTP.
    pub(crate) async fn over_http(&mut self) -> Result<()> {
        let server = self.start().await?;
        self.row(
            "start until `/healthz` answers",
            "≤ 0.3 s",
            (format!("{} s", seconds(server.start)), server.start <= Duration::from_millis(300)),
        );
        let meter = Meter::new(server.pid, self.postmaster);
        let bureau = &self.sign_in(&server, "bureau").await?;
        let liaison = &self.sign_in(&server, "liaison").await?;
        process::caught_up(server.pid).await?;
        let seen = self.pages((&server, meter), bureau, liaison).await?;
        self.acts((&server, meter), liaison, &seen).await?;
        let what = "a month from the button to its scores";
        let reviewed = Reviewed { month: "2021-05", what, seconds: 1 };
        self.review((&server, meter), bureau, reviewed).await?;
        let resident = process::memory(server.pid, "VmRSS")?;
        self.row("resident after the run", "≤ 100 MB", (mb(resident), resident <= 100_000_000));
        server.stop().await?;
        self.raw(&seen).await
    }

    /// Measures the review of a city that is much larger.
    pub(crate) async fn large(&mut self, records: i64) -> Result<()> {
        let server = self.start().await?;
        let meter = Meter::new(server.pid, self.postmaster);
        let bureau = &self.sign_in(&server, "bureau").await?;
        process::caught_up(server.pid).await?;
        let records = count(u64::try_from(records).unwrap_or_default());
        let what = format!("a month over {records} records from the button to its scores");
        let reviewed = Reviewed { month: "2021-04", what: &what, seconds: 30 };
        self.review((&server, meter), bureau, reviewed).await?;
        let resident = process::memory(server.pid, "VmHWM")?;
        self.row("resident at most", "–", (mb(resident), true));
        server.stop().await
    }

    async fn start(&self) -> Result<Server> {
        Server::start(&self.program, &self.flags(), &self.folder.join("server.log")).await
    }

    async fn sign_in(&self, server: &Server, name: &str) -> Result<Person> {
        let accounts = office::accounts(&self.folder)?;
        let account = accounts.get(name).ok_or_else(|| Error::fault("no such account"))?;
        Person::sign_in(server.address, (name, account)).await
    }

    pub(crate) fn row(&mut self, what: &str, must: &str, (measured, is_met): (String, bool)) {
        let (what, must) = (what.to_owned(), must.to_owned());
        self.rows.push(Row { what, must, measured, raw: "–".to_owned(), is_met });
    }

    /// A page asked for many times.
    pub(crate) async fn page(
        &mut self,
        (server, meter): (&Server, Meter),
        (what, most_ms): (&str, u64),
        make: impl Fn(usize) -> Ask + Send + Sync + 'static,
        check: impl Fn(usize, &Reply) -> Result<()> + Send + Sync + Clone + 'static,
    ) -> Result<()> {
        let make = std::sync::Arc::new(make);
        let again = std::sync::Arc::clone(&make);
        volley(server.address, (READERS, 40), move |n| again(n), check.clone()).await?;
        let before = meter.now()?;
        let total = usize::try_from(self.requests).unwrap_or_default();
        let taken = volley(server.address, (READERS, total), move |n| make(n), check).await?;
        let cpu = meter.since(before, self.requests)?;
        let is_met = cpu.program <= Duration::from_millis(most_ms);
        let measured = format!("{} (p99 {} ms)", cpu.text(), ms(taken.percentile(99)));
        eprintln!("{what}: {measured}");
        self.row(what, &format!("≤ {most_ms} ms"), (measured, is_met));
        Ok(())
    }

    async fn pages(
        &mut self,
        at: (&Server, Meter),
        bureau: &Person,
        liaison: &Person,
    ) -> Result<Seen> {
        let path = "/assignments?light=red";
        let first = bureau.read(&format!("{path}&limit=25")).await?;
        let listed = office::ids(&first);
        if listed.len() != 25 {
            return Err(Error::fault("the city has too few overdue assignments"));
        }
        let html = bureau.html();
        let check = move |_: usize, reply: &Reply| shows(reply, &listed);
        let make = move |_| Ask::get(path, &html);
        self.page(at, ("overdue list, HTML, 25 rows", 2), make, check).await?;
        let json = bureau.json();
        let make = move |_| Ask::get("/assignments?light=red&limit=100", &json);
        let check = |_: usize, reply: &Reply| {
            reply.must_be(200, "the list as JSON")?;
            let rows = office::ids(&reply.json()?).len();
            if rows == 100 { Ok(()) } else { Err(Error::fault(format!("{rows} rows, not 100"))) }
        };
        self.page(at, ("overdue list, JSON, 100 rows", 2), make, check).await?;
        let cards = self.cards(at, bureau).await?;
        let rare = rare_pair(bureau).await?;
        let (html, found) = (bureau.html(), office::ids(&bureau.read(&search(&rare)).await?));
        let (path, check) = (search(&rare), move |_: usize, reply: &Reply| shows(reply, &found));
        let make = move |_| Ask::get(&path, &html);
        self.page(at, ("text search, two rare characters, HTML", 3), make, check).await?;
        self.desk(at, bureau).await?;
        self.wire(at.0, bureau).await?;
        let own = own(liaison).await?;
        let (bureau, liaison) = (bureau.token.clone(), liaison.token.clone());
        Ok(Seen { bureau, liaison, cards, own, rare })
    }

    async fn cards(&mut self, at: (&Server, Meter), bureau: &Person) -> Result<Vec<Uuid>> {
        let page = bureau.read("/assignments?light=done&limit=100").await?;
        let (cards, titles) = (office::ids(&page), office::texts(&page, "title"));
        let (html, ids) = (bureau.html(), cards.clone());
        let make = move |n: usize| {
            let id = ids.get(n % ids.len().max(1)).copied().unwrap_or_default();
            Ask::get(&format!("/assignments/{id}"), &html)
        };
        let check = move |n: usize, reply: &Reply| {
            reply.must_be(200, "the card")?;
            let title = titles.get(n % titles.len().max(1)).map_or("", String::as_str);
            let whole = reply.holds(title) && reply.holds("核实");
            if whole { Ok(()) } else { Err(Error::fault(format!("the card is not of {title}"))) }
        };
        self.page(at, ("card, HTML", 2), make, check).await?;
        Ok(cards)
    }

    async fn desk(&mut self, at: (&Server, Meter), bureau: &Person) -> Result<()> {
        let desk = bureau.read("/").await?;
        let units: Vec<String> = desk["units"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|u| u["query"].as_str().map(|q| format!("/assignments?{q}&")))
            .collect();
        if units.len() < 30 {
            return Err(Error::fault("the bureau's desk lists too few units"));
        }
        let html = bureau.html();
        let check = move |_: usize, reply: &Reply| {
            reply.must_be(200, "the bureau's desk")?;
            let escaped = |href: &String| reply.holds(&href.replace('&', "&amp;"));
            if units.iter().all(escaped) { Ok(()) } else { Err(Error::fault("a unit is missing")) }
        };
        let make = move |_| Ask::get("/", &html);
        self.page(at, ("desk of the bureau, HTML", 20), make, check).await
    }

    /// The bytes of a first visit: the page and every asset that it names.
    async fn wire(&mut self, server: &Server, bureau: &Person) -> Result<()> {
        let mut headers = bureau.html();
        headers.push(("accept-encoding", "gzip, deflate, br".to_owned()));
        let page = once(server.address, &Ask::get("/assignments?light=red", &headers)).await?;
        page.must_be(200, "the list")?;
        let plain = Ask::get("/assignments?light=red", &bureau.html());
        let text = once(server.address, &plain).await?.text();
        let (mut bytes, mut assets) = (page.head_bytes + page.body.len(), 0_u64);
        for path in named_assets(&text) {
            let asset = once(server.address, &Ask::get(&path, &headers)).await?;
            asset.must_be(200, &path)?;
            bytes += asset.head_bytes + asset.body.len();
            assets += 1;
        }
        if assets < 2 {
            return Err(Error::fault("the page names no style sheet or no script"));
        }
        let kb = u64::try_from(bytes).unwrap_or_default();
        let measured = format!("{}.{} KB, {assets} assets", kb / 1_000, kb % 1_000 / 100);
        self.row(
            "first list page with all assets, on the wire",
            "≤ 60 KB",
            (measured, kb <= 60_000),
        );
        Ok(())
    }

    /// Reports by the form, each a fact of its own, committed before it is answered.
    async fn acts(&mut self, at: (&Server, Meter), liaison: &Person, seen: &Seen) -> Result<()> {
        let (server, meter) = at;
        let mut headers = liaison.html();
        let media = format!("multipart/form-data; boundary={BOUNDARY}");
        headers.push(("content-type", media));
        let (token, own) = (liaison.form_token().await?, seen.own.clone());
        let make = move |n: usize| {
            let id = own.get(n % own.len().max(1)).copied().unwrap_or_default();
            let key = Uuid::now_v7().to_string();
            let fields = [
                ("csrf", token.as_str()),
                ("act_key", key.as_str()),
                ("done", "按计划推进，已完成任务过半，发现的问题边查边改。"),
                ("quantity", ""),
                ("next_step", "继续实行周调度，对照完成标准逐项推进。"),
                ("blocker", ""),
            ];
            let body = office::multipart(BOUNDARY, &fields);
            Ask::post(&format!("/assignments/{id}/reports"), &headers, body)
        };
        let check = |_: usize, reply: &Reply| {
            reply.must_be(303, "a report")?;
            let done = reply.header("location").contains("done=assignments.report");
            if done { Ok(()) } else { Err(Error::fault("the report leads elsewhere")) }
        };
        let make = std::sync::Arc::new(make);
        let again = std::sync::Arc::clone(&make);
        volley(server.address, (WRITERS, 100), move |n| again(n), check).await?;
        let before = office::head(&liaison.read("/assignments?limit=1").await?)?;
        let used = meter.now()?;
        let total = usize::try_from(self.acts).unwrap_or_default();
        let taken = volley(server.address, (WRITERS, total), move |n| make(n), check).await?;
        let cpu = meter.since(used, self.acts)?;
        let after = office::head(&liaison.read("/assignments?limit=1").await?)?;
        if after != before + i64::from(self.acts) {
            return Err(Error::fault(format!("{} facts of {total} reports", after - before)));
        }
        self.act_rows(cpu, &taken);
        Ok(())
    }

    fn act_rows(&mut self, cpu: Cpu, taken: &Taken) {
        let least = if self.postmaster.is_some() { 500.0 } else { 1_500.0 };
        let (rate, p99) = (taken.per_second(), taken.percentile(99));
        // At 500/s each of 32 connections that wait in turn waits 64 ms, so there no p99 is asked.
        let (longest, told) = match self.postmaster {
            Some(_) => (Duration::MAX, ""),
            None => (Duration::from_millis(50), ", p99 ≤ 50 ms"),
        };
        let must = format!("≤ 0.6 ms, ≥ {least:.0}/s{told}");
        let measured = format!("{}, {rate:.0}/s, p99 {} ms", cpu.text(), ms(p99));
        let is_met = cpu.program <= Duration::from_micros(600) && rate >= least && p99 <= longest;
        eprintln!("report: {measured}");
        self.row("a report by the form, durable, 32 connections", &must, (measured, is_met));
    }

    /// The same SQL in this process, into the column beside.
    async fn raw(&mut self, seen: &Seen) -> Result<()> {
        let raw = Raw::open(self.place.clone(), &seen.bureau, self.postmaster).await?;
        let times = self.requests;
        let found = [
            ("overdue list, HTML", raw.overdue(25, times).await?),
            ("overdue list, JSON", raw.overdue(100, times).await?),
            ("card", raw.card(&seen.cards, times).await?),
            ("text search", raw.search(&seen.rare, times).await?),
            ("desk", raw.desk((times / 10).max(10)).await?),
            ("a report", raw.acts(&seen.liaison, &seen.own, (WRITERS, self.acts)).await?),
        ];
        for (what, cpu) in found {
            for row in self.rows.iter_mut().filter(|r| r.what.starts_with(what)) {
                row.raw = cpu.text();
            }
        }
        let (facts, cpu) = raw.chain().await?;
        let rate = per_second(facts, cpu.program);
        let measured = format!("{} facts per CPU second ({facts})", count(rate));
        self.row("chain read and hashed", "≥ 250,000 facts/s", (measured, rate >= 250_000));
        Ok(())
    }

    /// `duban verify` of everything there is.
    pub(crate) async fn verify(&mut self) -> Result<()> {
        let mut words = vec!["verify".to_owned()];
        words.extend(self.flags());
        let ran = process::run(&self.program, &words).await?;
        let facts = number_after(&ran.said, "facts checked");
        if !ran.said.contains("  whole") || facts == 0 {
            return Err(Error::fault(format!("verify: {}", ran.said)));
        }
        let (rate, measured) = rates(facts, &ran);
        let what = "`duban verify`: chain, rebuild, comparison";
        self.row(what, "≥ 40,000 facts/s", (measured, rate >= 40_000));
        Ok(())
    }

    /// `duban import` of an export into an empty database.
    pub(crate) async fn import(&mut self, file: PathBuf, url: &str) -> Result<()> {
        let flags = ["--database".to_owned(), url.to_owned()];
        let mut words = vec!["import".to_owned(), file.display().to_string()];
        words.extend(flags);
        let ran = process::run(&self.program, &words).await?;
        let facts = number_after(&ran.said, "imported");
        if ran.said.contains("DIFFERS") || facts == 0 {
            return Err(Error::fault(format!("import: {}", ran.said)));
        }
        let (_, measured) = rates(facts, &ran);
        let rate = per_second(facts, ran.took);
        let is_met = rate >= 20_000 && ran.peak <= 300_000_000;
        let must = "≥ 20,000 facts/s, ≤ 300 MB";
        self.row("import into PostgreSQL", must, (measured, is_met));
        Ok(())
    }
}

/// The reply is the list with these assignments.
fn shows(reply: &Reply, listed: &[Uuid]) -> Result<()> {
    reply.must_be(200, "the list")?;
    let missing = listed.iter().find(|id| !reply.holds(&format!("/assignments/{id}")));
    match missing {
        Some(id) => Err(Error::fault(format!("the list does not show {id}"))),
        None => Ok(()),
    }
}

fn search(text: &str) -> String {
    let query: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    format!("/assignments?q={query}")
}

/// Two neighbouring characters that stand in a few assignments only.
async fn rare_pair(bureau: &Person) -> Result<String> {
    let newest = bureau.read("/assignments?sort=-issued&limit=100").await?;
    for title in office::texts(&newest, "title") {
        for pair in office::pairs(&title) {
            let found = bureau.read(&search(&pair)).await?;
            if (1..=10).contains(&office::ids(&found).len()) && found["next"].is_null() {
                return Ok(pair);
            }
        }
    }
    Err(Error::fault("no two characters are rare"))
}

/// The assignments that the liaison's unit handles now.
async fn own(liaison: &Person) -> Result<Vec<Uuid>> {
    let desk = liaison.read("/").await?;
    let query = desk["totals"]["query"].as_str().unwrap_or_default().to_owned();
    let unit = query.strip_prefix("unit=").unwrap_or_default();
    let page = liaison.read(&format!("/assignments?{query}&state=handling&limit=100")).await?;
    let items = page["items"].as_array().into_iter().flatten();
    let own = items.filter(|i| i["unit_id"].as_str() == Some(unit));
    let ids: Vec<Uuid> = own.filter_map(|i| i["id"].as_str()?.parse().ok()).collect();
    if ids.is_empty() { Err(Error::fault("the liaison's unit handles nothing")) } else { Ok(ids) }
}

/// The addresses of style sheets and scripts that a page names, each once.
fn named_assets(html: &str) -> Vec<String> {
    let tags = html.split('<').filter_map(|rest| rest.split('>').next());
    let addresses = tags.flat_map(|tag| {
        ["href", "src"].into_iter().filter_map(move |name| office::attribute(tag, name))
    });
    let mut found: Vec<String> = addresses.filter(|a| a.contains("/assets/")).collect();
    for address in &mut found {
        if let Some((path, _)) = address.split_once('#') {
            *address = path.to_owned();
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The number behind a word, as the program prints it.
fn number_after(text: &str, word: &str) -> i64 {
    let rest = text.split_once(word).map_or("", |(_, rest)| rest);
    let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_default()
}

fn per_second(n: i64, took: Duration) -> u64 {
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX).max(1);
    u64::try_from(n).unwrap_or_default().saturating_mul(1_000_000) / micros
}

/// Facts per second of CPU time, which others on the machine change little, and the figures in
/// words.
fn rates(facts: i64, ran: &process::Ran) -> (u64, String) {
    let (rate, by_clock) = (per_second(facts, ran.cpu), per_second(facts, ran.took));
    let (rate_text, clock_text) = (count(rate), count(by_clock));
    let took = seconds(ran.took);
    let peak = mb(ran.peak);
    let text = format!("{rate_text} facts per CPU second, {clock_text}/s in {took} s, {peak}");
    (rate, text)
}

fn seconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assets_are_named_once_and_without_fragment() {
        let html = r##"<link href="/assets/a.css"><script src="/assets/b.js"></script>
            <use href="/assets/i.svg#x"></use><use href="/assets/i.svg#y"></use><a href="/x">"##;
        assert_eq!(named_assets(html), ["/assets/a.css", "/assets/b.js", "/assets/i.svg"]);
    }

    #[test]
    fn what_the_program_prints_is_read() {
        assert_eq!(number_after("  facts checked    1234\n  head 7", "facts checked"), 1_234);
        assert_eq!(number_after("imported 12 facts", "imported"), 12);
        assert_eq!(number_after("nothing", "imported"), 0);
        assert_eq!(per_second(500, Duration::from_millis(250)), 2_000);
    }
}
