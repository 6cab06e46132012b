//! The check of a frozen month: every hash against the manifest, every score against the rules.

use kernel::{Message, text};

use super::broken::{Broken, What};
use super::evidence::Evidence;
use super::manifest::{Manifest, PartLine};
use super::{Frozen, FrozenPart, Piece, Root, sheets};
use crate::engine::Scoring;
use crate::engine::sheet::Sheet;
use crate::facts::{Adjustment, Facts};
use crate::rule_set::RuleSet;
use crate::saying::{same, say};

/// Bytes of rules times units that are scored again: the largest rules that may be adopted for the
/// most units of a review. A bundle of a stranger must not keep a processor for hours.
const WORK_MAX: usize = 6_000_000_000;

impl Frozen {
    /// Everything that is not as the manifest says, and everything that scoring again does not
    /// confirm; nothing when the month stands as it was frozen.
    ///
    /// Whoever changes a piece and the manifest with it gets another root: compare the root with the
    /// one that was printed, or with the month after.
    pub fn check(&self, manifest: &str) -> Vec<Broken> {
        let mut check = Check { frozen: self, found: Vec::new() };
        match Manifest::parse(manifest) {
            Ok(manifest) => check.against(&manifest),
            Err(message) => check.tell(None, What::Manifest, same(""), message),
        }
        for part in self.in_order() {
            check.again(part);
        }
        check.found
    }

    /// Whether this month holds the root of the one before; none stands before the first.
    pub fn follows(&self, before: Option<&Self>) -> Option<Broken> {
        let root = before.map(Self::root);
        let mut check = Check { frozen: self, found: Vec::new() };
        check.compare(What::Previous, shown(root), shown(self.previous));
        check.found.pop()
    }
}

fn shown(root: Option<Root>) -> String {
    root.map(|root| root.to_string()).unwrap_or_default()
}

struct Check<'f> {
    frozen: &'f Frozen,
    found: Vec<Broken>,
}

impl Check<'_> {
    fn tell(&mut self, part: Option<&str>, what: What, expected: Message, found: Message) {
        let period = self.frozen.period.clone();
        self.found.push(Broken { period, part: part.map(str::to_owned), what, expected, found });
    }

    fn compare(&mut self, what: What, expected: String, found: String) {
        if expected != found {
            let [expected, found] = [expected, found].map(named);
            self.tell(None, what, expected, found);
        }
    }

    fn against(&mut self, manifest: &Manifest) {
        let (frozen, actual) = (self.frozen, Manifest::of(self.frozen));
        self.compare(What::Period, manifest.period.clone(), frozen.period.clone());
        self.compare(What::Cut, manifest.cut_seq.to_string(), frozen.cut_seq.to_string());
        let codes = |manifest: &Manifest| {
            let codes: Vec<&str> = manifest.parts.iter().map(|part| part.code.as_str()).collect();
            codes.join(" ")
        };
        self.compare(What::Parts, codes(manifest), codes(&actual));
        for (part, is) in frozen.in_order().into_iter().zip(&actual.parts) {
            if let Some(line) = manifest.parts.iter().find(|line| line.code == part.code) {
                self.pieces(part, line, is);
            }
        }
        let previous = manifest.previous.clone().unwrap_or_default();
        self.compare(What::Previous, previous, shown(frozen.previous));
        self.compare(What::Root, manifest.root.clone(), actual.root);
    }

    fn pieces(&mut self, part: &FrozenPart, line: &PartLine, is: &PartLine) {
        let code = Some(part.code.as_str());
        for piece in Piece::ALL {
            let (expected, found) = (line.piece(piece), is.piece(piece));
            if expected.bytes != found.bytes {
                let sizes = [expected.bytes, found.bytes].map(|bytes| same(&bytes.to_string()));
                let [expected, found] = sizes;
                self.tell(code, What::Size(piece), expected, found);
            }
            if expected.hash != found.hash {
                let (expected, found) = (same(&expected.hash), same(&found.hash));
                self.tell(code, What::Hash(piece), expected, found);
            }
        }
        // A sheet that cannot be read names no engine; that is told by itself.
        if line.engine != is.engine && !is.engine.is_empty() {
            let (expected, found) = (same(&line.engine), same(&is.engine));
            self.tell(code, What::Engine, expected, found);
        }
    }

    /// Scores a part again from its stored bytes.
    fn again(&mut self, part: &FrozenPart) {
        let code = part.code.as_str();
        let rule = self.readable(code, part.opened_rule());
        let facts = self.readable(code, part.opened_facts());
        let adjustments = self.readable(code, part.opened_adjustments());
        let evidence = self.readable(code, part.opened_evidence());
        let sheet = self.readable(code, part.opened_sheet());
        let (Some(rule), Some(facts), Some(adjustments)) = (rule, facts, adjustments) else {
            return;
        };
        self.writing(part, Piece::Rule, &rule.canonical());
        self.writing(part, Piece::Facts, &facts.canonical());
        self.writing(part, Piece::Adjustments, &Adjustment::canonical(&adjustments));
        if rule.code.0 != code {
            self.tell(Some(code), What::Code, same(code), same(&rule.code.0));
        }
        if facts.period != self.frozen.period {
            let (expected, found) = (same(&self.frozen.period), same(&facts.period));
            self.tell(Some(code), What::Period, expected, found);
        }
        if let Some(evidence) = evidence {
            self.evidence(code, &evidence, &rule, &facts);
        }
        let work = part.rule.len().saturating_mul(facts.units.len());
        if work > WORK_MAX {
            let large = text!(
                "办法和单位都太多，不是本程序定稿的",
                "rules and units are more than this program would have frozen"
            );
            return self.tell(Some(code), What::Refused, same(""), large.into());
        }
        let scoring = match Scoring::new(&rule, &facts, &adjustments) {
            Ok(scoring) => scoring,
            Err(refused) => {
                let first = refused.into_iter().next().unwrap_or_else(|| same(""));
                return self.tell(Some(code), What::Refused, same(""), first);
            }
        };
        if let Some(stored) = sheet {
            self.sheet(part, &scoring.sheet(), &stored, &facts);
        }
    }

    fn readable<T>(&mut self, code: &str, read: Result<T, (Piece, Message)>) -> Option<T> {
        read.map_err(|(piece, why)| {
            self.tell(Some(code), What::Unreadable(piece), same(""), why);
        })
        .ok()
    }

    fn writing(&mut self, part: &FrozenPart, piece: Piece, canonical: &str) {
        let stored = part.bytes(piece);
        if stored != canonical.as_bytes() {
            let bytes = canonical.as_bytes();
            let at = stored.iter().zip(bytes).take_while(|(a, b)| a == b).count() + 1;
            let place = same(&at.to_string());
            let expected = text!("规范写法", "the canonical writing").into();
            let found = say!("从第{a}字节起另有写法", "another from byte {a} on", a = place);
            self.tell(Some(&part.code), What::Writing(piece), expected, found);
        }
    }

    /// Evidence is only of what was scored.
    fn evidence(&mut self, code: &str, evidence: &Evidence, rule: &RuleSet, facts: &Facts) {
        let units: std::collections::BTreeSet<&str> =
            facts.units.iter().map(|unit| unit.unit.as_str()).collect();
        let calls: Vec<String> = rule.calls().iter().map(|input| input.call()).collect();
        let unit = evidence.units().iter().find(|unit| !units.contains(unit.as_str()));
        let call = evidence.calls().iter().find(|call| !calls.contains(call));
        for stray in unit.into_iter().chain(call) {
            let expected = text!("考评的单位和取数", "units and measures that were scored").into();
            self.tell(Some(code), What::Evidence, expected, same(stray));
        }
    }

    fn sheet(&mut self, part: &FrozenPart, again: &Sheet, stored: &Sheet, facts: &Facts) {
        let bytes = again.canonical();
        if bytes == part.sheet {
            return;
        }
        let difference = sheets::first(again, stored, facts).unwrap_or_else(|| {
            let lengths = [bytes.len(), part.sheet.len()].map(|length| same(&length.to_string()));
            let [right, wrong] = lengths;
            (What::SheetBytes, right, wrong)
        });
        let (what, expected, found) = difference;
        self.tell(Some(&part.code), what, expected, found);
    }
}

/// A root or a name; a word for none.
fn named(text: String) -> Message {
    if text.is_empty() { text!("（无）", "(none)").into() } else { same(&text) }
}
