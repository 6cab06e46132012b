//! The demo city's part of this room: three rule sets, and the reviews of July to October 2021 as
//! an office holds them, through the same acts. Nothing is typed in but objections, decisions and
//! amounts: scores and ranks are what the records of the city come to.

mod hearing;
mod looking;
mod rules;
mod statement;

use assignments::sign_off::Signing;
use assignments::tables::Verdict;
use jiff::tz::TimeZone;
use journal::{Act, By, Db, Error, Result};
use kernel::{Actor, Clock, Day, Moment, Role, WorkCalendar};
use measures::{ReviewMonth, Supply};
use people::demo::{City, Held};
use rule_sets::demo::{Hands, NewRules};

use crate::acts::decide_consequence::{self, Said};
use crate::acts::{self, Sources, compute};
use crate::proposals::{self, Proposals};
use crate::review::Term;
use crate::tables::{Decision, ReviewRow, ReviewState};
use crate::{reconcile, store};

/// The supervision bureau.
const BUREAU: &str = "督查局";
/// The first month that is reviewed.
const FIRST: &str = "2021-07";
/// The last one: approved when the demo begins, published by who opens it.
const LAST: &str = "2021-10";
/// When the rules are adopted.
const ADOPTED: &str = "2021-06-10";
/// Between two acts of a morning.
const STEP_SECS: i64 = 60;
/// After the bureau's other work of a morning.
const LATER_SECS: i64 = 2 * 3_600;
/// Awards by place in a group, in yuan: who lies further behind is praised only.
const AWARDS: [(&str, &[i64]); 3] =
    [("XQ", &[300_000, 200_000]), ("GN", &[100_000]), ("JJ", &[150_000, 50_000])];

const RULES: [(&str, &str); 3] = [
    (rules::COUNTIES, "漯督〔2021〕12号"),
    (rules::ECONOMY, "漯督〔2021〕13号"),
    (rules::GENERAL, "漯督〔2021〕14号"),
];

/// Adopts the rules on a day, from a month on.
pub async fn adopt(
    (db, clock, city): (&Db, &Clock, &City),
    supplies: &[Supply],
    (on, from): (&str, &str),
) -> Result<()> {
    let (zone, on) = (people::demo::zone()?, on.parse::<Day>().map_err(Error::fault)?);
    let chief = city.post(BUREAU, Role::Chief)?;
    let hands = Hands { officer: city.actor(officer(city, 0)?), chief: city.actor(chief) };
    for (n, (yaml, number)) in (0..).zip(RULES) {
        clock.set(people::demo::moment(&zone, on, 10 * 3_600 + n * 600));
        let office = "漯河市人民政府办公室";
        let new = NewRules { yaml, number, office, on, from, supplies: Some(supplies) };
        rule_sets::demo::adopt(db, &hands, &new).await?;
    }
    Ok(())
}

/// One officer of the bureau after the other.
fn officer(city: &City, n: usize) -> Result<&Held> {
    let of_bureau = |p: &&Held| p.unit_name == BUREAU && p.role == Role::Officer;
    let found = city.posts.iter().filter(of_bureau).nth(n);
    found.ok_or_else(|| Error::fault("the demo has too few officers"))
}

/// The demo city and its clock, morning by morning.
pub struct Mornings<'c> {
    db: &'c Db,
    clock: &'c Clock,
    city: &'c City,
    supplies: Vec<Supply>,
    zone: TimeZone,
    calendar: WorkCalendar,
}

impl<'c> Mornings<'c> {
    /// Adopts the rules, before the first month begins.
    pub async fn begin(
        (db, clock, city): (&'c Db, &'c Clock, &'c City),
        supplies: Vec<Supply>,
    ) -> Result<Self> {
        let zone = people::demo::zone()?;
        let start = people::demo::start(&zone)?.day(&zone);
        let mut tx = db.read().await?;
        let (from, to) = (start.plus(-700), start.plus(90));
        let calendar = people::store::calendar(&mut tx, city.jurisdiction, from, to).await?;
        drop(tx);
        let made = Self { db, clock, city, supplies, zone, calendar };
        adopt((db, clock, city), &made.supplies, (ADOPTED, FIRST)).await?;
        Ok(made)
    }

    /// One morning: what is due with the month that ended last.
    pub async fn pass(&self, at: Moment) -> Result<()> {
        let today = at.day(&self.zone);
        let month = ReviewMonth::last_closed(today);
        let first: ReviewMonth = FIRST.parse().map_err(Error::fault)?;
        if month < first || !self.calendar.is_working(today) {
            return Ok(());
        }
        let mut hour = Hour { clock: self.clock, now: at.plus_secs(LATER_SECS) };
        reconcile::record(self.db, self.city.jurisdiction).await?;
        let mut tx = self.db.read().await?;
        let found = store::review::of_month(&mut tx, self.city.jurisdiction, month).await?;
        drop(tx);
        let Some(review) = found else { return self.open(month, &mut hour).await };
        match review.state {
            ReviewState::Draft if review.objections_until.is_some_and(|u| today > u) => {
                self.settle(&review, &mut hour).await
            }
            ReviewState::Draft => self.contest(&review, &mut hour).await,
            ReviewState::Approved if month.to_string() != LAST => {
                self.publish(&review, &mut hour).await
            }
            ReviewState::Published => {
                self.state(&review, today, &mut hour).await?;
                self.pay(&review, today, &mut hour).await
            }
            ReviewState::Open
            | ReviewState::Frozen
            | ReviewState::Submitted
            | ReviewState::Approved => Ok(()),
        }
    }

    fn actor(&self, held: &Held) -> Actor {
        self.city.actor(held)
    }

    fn chief(&self) -> Result<&Held> {
        self.city.post(BUREAU, Role::Chief)
    }

    fn officer(&self, n: usize) -> Result<&Held> {
        officer(self.city, n)
    }

    fn mayor(&self) -> Result<&Held> {
        self.city.titled("漯河市", "市长")
    }

    async fn act(
        &self,
        (held, name): (&Held, &'static str),
        hour: &mut Hour<'_>,
        run: impl AsyncFnOnce(&mut Act, &Actor) -> Result<()>,
    ) -> Result<()> {
        hour.next();
        let actor = self.actor(held);
        self.db.act(By::actor(&actor, name), async |act| run(act, &actor).await).await?;
        Ok(())
    }

    fn sources(&self) -> Sources<'_> {
        Sources { db: self.db, supplies: &self.supplies, zone: self.zone.clone(), heard: None }
    }

    async fn review(&self, month: ReviewMonth) -> Result<ReviewRow> {
        let mut tx = self.db.read().await?;
        let found = store::review::of_month(&mut tx, self.city.jurisdiction, month).await?;
        found.ok_or_else(|| Error::fault(format!("the demo has no review of {month}")))
    }

    /// Opened, computed and shown to units.
    async fn open(&self, month: ReviewMonth, hour: &mut Hour<'_>) -> Result<()> {
        // The first officer, who is shown in the demo, takes no part and so may re-examine.
        let officer = self.officer(1)?;
        let from = (&*self.supplies, &self.zone);
        let run = async |act: &mut Act, _: &Actor| {
            acts::open::run(act, Term::customary(month), from).await
        };
        self.act((officer, "reviews.open"), hour, run).await?;
        self.compute(month, hour).await?;
        let run = async |act: &mut Act, actor: &Actor| {
            acts::draft::run(act, actor, month, crate::review::WINDOW).await
        };
        self.act((officer, "reviews.draft"), hour, run).await
    }

    async fn compute(&self, month: ReviewMonth, hour: &mut Hour<'_>) -> Result<()> {
        let made = compute::make(&self.sources(), &self.review(month).await?).await?;
        let run = async |act: &mut Act, actor: &Actor| compute::run(act, actor, month, made).await;
        self.act((self.officer(1)?, "reviews.compute"), hour, run).await
    }

    /// Objections decided, computed again, frozen, submitted, approved.
    async fn settle(&self, review: &ReviewRow, hour: &mut Hour<'_>) -> Result<()> {
        let month = review.month;
        self.decide(review, hour).await?;
        self.compute(month, hour).await?;
        let made = compute::make(&self.sources(), &self.review(month).await?).await?;
        let frozen = (made, String::new());
        let run =
            async |act: &mut Act, actor: &Actor| acts::freeze::run(act, actor, month, frozen).await;
        self.act((self.chief()?, "reviews.freeze"), hour, run).await?;
        self.look(&self.review(month).await?, hour).await?;
        let run = async |act: &mut Act, actor: &Actor| {
            acts::submit::run(act, actor, month, "请审批。".to_owned()).await
        };
        self.act((self.chief()?, "reviews.submit"), hour, run).await?;
        let agreed = Signing::here(Verdict::Agreed, "同意。".to_owned());
        let run =
            async |act: &mut Act, actor: &Actor| acts::judge::run(act, actor, month, agreed).await;
        self.act((self.mayor()?, "reviews.judge"), hour, run).await?;
        self.consequences(month, hour).await
    }

    /// The mayor decides on everything that the rules call for.
    async fn consequences(&self, month: ReviewMonth, hour: &mut Hour<'_>) -> Result<()> {
        let review = self.review(month).await?;
        let mut tx = self.db.read().await?;
        let called = Proposals::read(self.db, &mut tx, &review).await?;
        drop(tx);
        let mut given: std::collections::BTreeMap<String, usize> =
            std::collections::BTreeMap::new();
        for (proposal, rule, _) in called.in_order() {
            let place = given.entry(format!("{}{}", proposal.group, rule.code.0)).or_default();
            let awards = AWARDS.iter().find(|(group, _)| *group == proposal.group);
            // Equals beyond the last place get what the last one gets.
            let of_place = |all: &&[i64]| all.get(*place).or(all.last()).copied();
            let amount = awards.and_then(|(_, by_place)| of_place(by_place));
            *place += 1;
            let said = Said {
                named: proposals::named(proposal),
                verdict: Decision::Taken,
                amount: amount.filter(|_| rule.band.is_some()),
                reason: String::new(),
            };
            let of = (self.db, month);
            let run = async |act: &mut Act, actor: &Actor| {
                decide_consequence::run(act, actor, of, said).await
            };
            self.act((self.mayor()?, "reviews.decide_consequence"), hour, run).await?;
        }
        Ok(())
    }

    async fn publish(&self, review: &ReviewRow, hour: &mut Hour<'_>) -> Result<()> {
        let of = (self.db, review.month);
        let run = async |act: &mut Act, actor: &Actor| acts::publish::run(act, actor, of).await;
        self.act((self.chief()?, "reviews.publish"), hour, run).await
    }

    /// Awards are paid some days after the circular.
    async fn pay(&self, review: &ReviewRow, today: Day, hour: &mut Hour<'_>) -> Result<()> {
        let Some(on) = review.published_on else { return Ok(()) };
        if self.calendar.between(on, today) != 5 {
            return Ok(());
        }
        let mut tx = self.db.read().await?;
        let rows = store::review::consequences(&mut tx, review).await?;
        drop(tx);
        for (n, row) in (1..).zip(rows.iter().filter(|r| r.amount_fen.is_some())) {
            let payment = crate::facts::Payment {
                document: format!("漯督发〔2021〕{}号", 20 + i64::from(review.month.month())),
                budget: "市本级工作经费".to_owned(),
                voucher: format!("{}{n:02}", review.month.to_string().replace('-', "")),
                on: today,
                amount_fen: None,
            };
            let said = (proposals::named_row(row), payment);
            let run = async |act: &mut Act, actor: &Actor| {
                acts::pay::run(act, actor, review.month, said).await
            };
            self.act((self.officer(1)?, "reviews.pay"), hour, run).await?;
        }
        Ok(())
    }
}

/// The clock of a morning, act by act.
struct Hour<'c> {
    clock: &'c Clock,
    now: Moment,
}

impl Hour<'_> {
    fn next(&mut self) {
        self.now = self.now.plus_secs(STEP_SECS);
        self.clock.set(self.now);
    }
}
