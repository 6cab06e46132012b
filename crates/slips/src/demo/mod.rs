//! The demo city's part of this room: each morning of its past the program records what the clock
//! brought, and the bureau, leaders and units do with slips what an office does, through the same
//! acts. The same words give the same past on every machine.

mod phrases;

use assignments::demo::chance::Chance;
use assignments::demo::evidence;
use assignments::facts::Paper;
use assignments::sign_off::Signing;
use assignments::tables::Verdict;
use jiff::tz::TimeZone;
use journal::{Act, By, Db, Error, Result, Tx};
use kernel::{Actor, Clock, Day, Moment, Refusal, Role, WorkCalendar};
use people::demo::{City, Held};

use crate::store::list::{self, Filter, Listed};
use crate::tables::{SlipRow, SlipState};
use crate::{acts, reconcile, store};

/// The supervision bureau.
const BUREAU: &str = "督查局";
/// Slips looked at in one morning.
const SLIPS_MAX: i64 = 300;

/// The demo city and its clock, morning by morning.
pub struct Mornings<'c> {
    db: &'c Db,
    clock: &'c Clock,
    city: &'c City,
    zone: TimeZone,
    calendar: WorkCalendar,
    /// The day on which the demo begins.
    start: Day,
}

impl<'c> Mornings<'c> {
    /// Records the ladder that the city begins with.
    pub async fn begin(db: &'c Db, clock: &'c Clock, city: &'c City) -> Result<Self> {
        let by = By::program(city.jurisdiction, "demo.ladder");
        db.act(by, async |act| crate::ladder::propose(act).await).await?;
        let zone = people::demo::zone()?;
        let start = people::demo::start(&zone)?.day(&zone);
        let mut tx = db.read().await?;
        let (from, to) = (start.plus(-700), start.plus(90));
        let calendar = people::store::calendar(&mut tx, city.jurisdiction, from, to).await?;
        Ok(Self { db, clock, city, zone, calendar, start })
    }

    /// One morning: the program first, then those for whom a slip waits. Of the last days things
    /// are left lying, so that the demo begins with something in everybody's hands.
    pub async fn pass(&self, at: Moment) -> Result<()> {
        let today = at.day(&self.zone);
        reconcile::record(self.db, self.city.jurisdiction).await?;
        let left = self.calendar.between(today, self.start);
        if !self.calendar.is_working(today) || left < 2 {
            return Ok(());
        }
        let mut now = at.plus_secs(25 * 60);
        // Up to three hands in one morning: sent, signed, issued.
        for _ in 0..if left > 2 { 3 } else { 1 } {
            for listed in self.open().await? {
                now = now.plus_secs(25);
                self.clock.set(now);
                self.go_on(&listed, (today, left)).await?;
            }
        }
        Ok(())
    }

    /// The slips that have not ended, oldest first.
    async fn open(&self) -> Result<Vec<Listed>> {
        let chief = self.city.actor(self.city.post(BUREAU, Role::Chief)?);
        let filter = Filter { open: Some(true), ..Filter::default() };
        let mut tx = self.db.read().await?;
        let mut open = list::slips(&mut tx, &chief, &filter, SLIPS_MAX).await?;
        open.reverse();
        Ok(open)
    }

    /// Whoever has it in hand does the next thing with it.
    async fn go_on(&self, l: &Listed, (today, left): (Day, i64)) -> Result<()> {
        let s = &l.row;
        let changed = |on: Option<Day>| on.is_some_and(|on| on < today);
        match s.state {
            SlipState::Draft => self.send(s, &l.unit).await,
            SlipState::InReview if s.step == 1 => {
                let chief = self.city.post(BUREAU, Role::Chief)?;
                self.sign(l, (chief, Role::Chief, today), String::new()).await
            }
            // The leader signs on another day.
            SlipState::InReview if s.opened_on < today => self.leader_signs(l, today).await,
            SlipState::Approved => {
                let officer = self.officer(&l.unit)?;
                let done = self
                    .act(officer, "slips.issue", async |act, actor| {
                        acts::issue::run(act, actor, s.id).await
                    })
                    .await;
                self.or_withdraw(done, s).await
            }
            SlipState::Issued if self.answers(l, (today, left)).await? => {
                self.answer(l, (today, left)).await
            }
            SlipState::Answered if changed(s.answered_on) => self.judge(l, today).await,
            SlipState::Prepared
            | SlipState::InReview
            | SlipState::Issued
            | SlipState::Answered
            | SlipState::Closed
            | SlipState::Superseded
            | SlipState::Withdrawn => Ok(()),
        }
    }

    async fn act(
        &self,
        by: &Held,
        name: &'static str,
        run: impl AsyncFnOnce(&mut Act, &Actor) -> Result<()>,
    ) -> Result<()> {
        let actor = self.city.actor(by);
        self.db.act(By::actor(&actor, name), async |act| run(act, &actor).await).await?;
        Ok(())
    }

    /// The officer of a unit.
    fn officer(&self, unit: &str) -> Result<&Held> {
        let officers: Vec<_> = self
            .city
            .posts
            .iter()
            .filter(|p| p.unit_name == BUREAU && p.role == Role::Officer)
            .collect();
        let count = u32::try_from(officers.len()).unwrap_or(1);
        let place = usize::try_from(Chance::of(&[unit]).below(count)).unwrap_or_default();
        officers.get(place).copied().ok_or_else(|| Error::fault("the demo has no officer"))
    }

    async fn send(&self, s: &SlipRow, unit: &str) -> Result<()> {
        let officer = self.officer(unit)?;
        let done = self
            .act(officer, "slips.send", async |act, actor| acts::send::run(act, actor, s.id).await)
            .await;
        self.or_withdraw(done, s).await
    }

    /// What no longer applies is withdrawn.
    async fn or_withdraw(&self, done: Result<()>, s: &SlipRow) -> Result<()> {
        let Err(Error::Refused(Refusal::Rule(_))) = &done else { return done };
        let actor = self.city.actor(self.city.post(BUREAU, Role::Chief)?);
        let reason = Some("情况已变化（已报结、延期、暂缓或者已反馈），不再督办".to_owned());
        let by = By::actor(&actor, "slips.withdraw").because(reason);
        self.db.act(by, async |act| acts::withdraw::run(act, &actor, s.id).await).await?;
        Ok(())
    }

    /// The leader of the item's line of work, or the mayor, who leads them all.
    async fn leader_signs(&self, l: &Listed, today: Day) -> Result<()> {
        let s = &l.row;
        let mut tx = self.db.read().await?;
        let leader = self.leader(&mut tx, s).await?;
        drop(tx);
        self.sign(l, (leader, Role::Leader, today), "同意印发。".to_owned()).await
    }

    /// A step is signed in the program or, now and then, on paper, and an officer enters it.
    async fn sign(
        &self,
        l: &Listed,
        (signer, role, today): (&Held, Role, Day),
        note: String,
    ) -> Result<()> {
        let (id, agreed) = (l.row.id, Signing::here(Verdict::Agreed, note));
        if !Chance::of(&[&l.item, &l.unit, role.word(), "纸质"]).percent(20) {
            let run =
                async |act: &mut Act, actor: &Actor| acts::sign::run(act, actor, id, agreed).await;
            return self.act(signer, "slips.sign", run).await;
        }
        let scan = evidence::attach(self.db, self.city.jurisdiction, "督办单签批件").await?;
        let paper = Some(Paper { signer: signer.post, on: today, scans: vec![scan] });
        let signing = Signing { paper, paper_signer: Some((role, signer.person)), ..agreed };
        self.act(self.officer(&l.unit)?, "slips.paper_sign", async |act, actor| {
            acts::sign::run(act, actor, id, signing).await
        })
        .await
    }

    async fn leader(&self, tx: &mut Tx, s: &SlipRow) -> Result<&Held> {
        let city = self.city.jurisdiction;
        let item = assignments::store::assignment(tx, city, s.assignment_id).await?;
        let lines = people::store::lines(tx, city).await?;
        let line = lines.into_iter().find(|l| Some(l.id) == item.work_line_id);
        let post = line.and_then(|l| l.leader_post_id);
        let found = self.city.posts.iter().find(|p| Some(p.post) == post);
        found.map_or_else(|| self.city.titled("漯河市", "市长"), Ok)
    }

    /// Whether the unit answers today: most do in time, some late, some not before their item is
    /// done.
    async fn answers(&self, l: &Listed, (today, left): (Day, i64)) -> Result<bool> {
        let Some(issued) = l.row.issued_on else { return Ok(false) };
        let mut chance = Chance::of(&[&l.item, &l.unit, l.row.colour.word()]);
        let days = i64::from(chance.below(u32::try_from(l.row.answer_days).unwrap_or(1))) + 1;
        let passed = self.calendar.between(issued, today);
        let answers = match chance.below(100) {
            0..55 => passed >= days,
            55..65 => passed > l.row.answer_days,
            _ => false,
        };
        let (city, item) = (self.city.jurisdiction, l.row.assignment_id);
        let item = assignments::store::assignment(&mut self.db.read().await?, city, item).await?;
        let is_done = passed >= days && !crate::ladder::is_late(&item, today);
        // In everybody's hands when the demo begins.
        let is_last = left <= 2 && chance.percent(50);
        Ok(answers || is_done || is_last)
    }

    /// The head answers, or the liaison does and the head signs, in the program or on paper, if there
    /// is time.
    async fn answer(&self, l: &Listed, (today, left): (Day, i64)) -> Result<()> {
        let head = self.city.post(&l.unit, Role::Head)?;
        let said = (phrases::answer(&l.item, &l.title), head.post);
        let id = l.row.id;
        if Chance::of(&[&l.item, "回执"]).percent(50) {
            let run =
                async |act: &mut Act, actor: &Actor| acts::answer::run(act, actor, id, said).await;
            return self.act(head, "slips.answer", run).await;
        }
        let liaison = self.city.post(&l.unit, Role::Liaison)?;
        self.act(liaison, "slips.answer", async |act, actor| {
            acts::answer::run(act, actor, id, said).await
        })
        .await?;
        if left <= 2 {
            return Ok(());
        }
        if Chance::of(&[&l.item, "回执纸质"]).percent(30) {
            let paper = Paper { signer: head.post, on: today, scans: Vec::new() };
            let run = async |act: &mut Act, actor: &Actor| {
                acts::paper_answer::run(act, actor, id, (head.person, paper)).await
            };
            return self.act(liaison, "slips.paper_answer", run).await;
        }
        self.act(head, "slips.sign_answer", async |act, actor| {
            acts::sign_answer::run(act, actor, id, (Verdict::Agreed, String::new())).await
        })
        .await
    }

    /// The bureau accepts it or, now and then, asks for more.
    async fn judge(&self, l: &Listed, today: Day) -> Result<()> {
        let officer = self.officer(&l.unit)?;
        let mut tx = self.db.read().await?;
        let answers = store::card::answers(&mut tx, self.city.jurisdiction, l.row.id).await?.len();
        drop(tx);
        let returned = answers == 1 && Chance::of(&[&l.item, "核实"]).percent(20);
        let (said, by) = if returned {
            let words = "责任环节和完成日期没有写明，请补充后重报。".to_owned();
            ((Verdict::Returned, words), Some(self.calendar.plus(today, 2)))
        } else {
            ((Verdict::Agreed, "情况属实，继续跟踪原事项。".to_owned()), None)
        };
        let id = l.row.id;
        self.act(officer, "slips.judge", async |act, actor| {
            acts::judge::run(act, actor, id, (said, by)).await
        })
        .await
    }
}
