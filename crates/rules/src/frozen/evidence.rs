//! The records behind each figure, as places of the journal: small, in one order, read with bounds.
//!
//! Names of units and calls come once; then each cell has a count, the distance of its first place
//! from the smallest of all, and the distances from one place to the next. Numbers are varints of
//! seven bits a byte. There is one writing for one content, and the reader accepts no other.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Text, text};

/// Bytes that are read at most; ten million places need no more.
pub const EVIDENCE_BYTES_MAX: usize = 64 << 20;
/// Units of one review.
const UNITS_MAX: usize = 20_000;
/// Calls of measures; no rule set that is adopted has more than 500.
const CALLS_MAX: usize = 2_000;
/// Bytes of the name of a unit or a call.
const NAME_BYTES_MAX: usize = 64 << 10;

/// The places of the journal behind one figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellPlaces {
    /// The unit's identifier.
    pub unit: String,
    /// The call of the measure.
    pub call: String,
    /// Places of the journal: the versions of the records that counted.
    pub places: Vec<i64>,
}

/// The evidence of a part: for each unit and call the places, ascending, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    units: Vec<String>,
    calls: Vec<String>,
    /// Where the places of each cell end, unit by unit, call by call.
    ends: Vec<usize>,
    places: Vec<i64>,
}

impl Evidence {
    /// Puts cells into their one order; cells that stand twice are joined, empty ones fall away.
    pub fn new(cells: &[CellPlaces]) -> Self {
        let mut joined: BTreeMap<(&str, &str), Vec<i64>> = BTreeMap::new();
        for cell in cells.iter().filter(|cell| !cell.places.is_empty()) {
            joined.entry((&cell.unit, &cell.call)).or_default().extend(&cell.places);
        }
        let units: BTreeSet<&str> = joined.keys().map(|(unit, _)| *unit).collect();
        let calls: BTreeSet<&str> = joined.keys().map(|(_, call)| *call).collect();
        let (mut ends, mut places) = (Vec::new(), Vec::new());
        for unit in &units {
            for call in &calls {
                if let Some(cell) = joined.get_mut(&(*unit, *call)) {
                    cell.sort_unstable();
                    cell.dedup();
                    places.append(cell);
                }
                ends.push(places.len());
            }
        }
        let owned = |names: BTreeSet<&str>| names.into_iter().map(str::to_owned).collect();
        Self { units: owned(units), calls: owned(calls), ends, places }
    }

    /// The places behind one figure; none when nothing is known of it.
    pub fn places(&self, unit: &str, call: &str) -> &[i64] {
        let unit = self.units.binary_search_by(|known| known.as_str().cmp(unit));
        let call = self.calls.binary_search_by(|known| known.as_str().cmp(call));
        let (Ok(unit), Ok(call)) = (unit, call) else { return &[] };
        self.cell(unit * self.calls.len() + call)
    }

    /// The units that have evidence, by identifier.
    pub fn units(&self) -> &[String] {
        &self.units
    }

    /// The calls that have evidence, in order.
    pub fn calls(&self) -> &[String] {
        &self.calls
    }

    /// How many places there are in all cells together.
    pub const fn place_count(&self) -> usize {
        self.places.len()
    }

    /// The bytes; equal evidence gives equal bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut to = Vec::with_capacity(self.places.len() * 3 + self.ends.len());
        for names in [&self.units, &self.calls] {
            put(&mut to, wide(names.len()));
            for name in names {
                put(&mut to, wide(name.len()));
                to.extend_from_slice(name.as_bytes());
            }
        }
        let base = self.places.iter().copied().min().unwrap_or(0);
        to.extend_from_slice(&base.to_be_bytes());
        for index in 0..self.ends.len() {
            let cell = self.cell(index);
            put(&mut to, wide(cell.len()));
            let mut before = base;
            for place in cell {
                put(&mut to, place.abs_diff(before));
                before = *place;
            }
        }
        to
    }

    /// Reads the bytes; anything that [`Evidence::encode`] would not have written is refused.
    pub fn decode(bytes: &[u8]) -> Result<Self, Text> {
        if bytes.len() > EVIDENCE_BYTES_MAX {
            return Err(TOO_LONG);
        }
        let mut from = Source(bytes);
        let units = from.names(UNITS_MAX)?;
        let calls = from.names(CALLS_MAX)?;
        let base = i64::from_be_bytes(from.take(8)?.try_into().map_err(|_| CUT_SHORT)?);
        let cell_count = units.len().checked_mul(calls.len()).ok_or(CUT_SHORT)?;
        // Each cell has a byte at least, so what is reserved is never more than what was handed in.
        if cell_count > from.0.len() {
            return Err(CUT_SHORT);
        }
        let mut found =
            Self { units, calls, ends: Vec::with_capacity(cell_count), places: Vec::new() };
        for _ in 0..cell_count {
            let count = from.count(usize::MAX)?;
            if count > from.0.len() {
                return Err(CUT_SHORT);
            }
            let mut before = base;
            for index in 0..count {
                let distance = from.varint()?;
                if index > 0 && distance == 0 {
                    return Err(NOT_ASCENDING);
                }
                before = before.checked_add_unsigned(distance).ok_or(TOO_LARGE)?;
                found.places.push(before);
            }
            found.ends.push(found.places.len());
        }
        if !from.0.is_empty() {
            return Err(LEFT_OVER);
        }
        if found.is_as_written(base) { Ok(found) } else { Err(NOT_CANONICAL) }
    }

    fn cell(&self, index: usize) -> &[i64] {
        let end = self.ends.get(index).copied().unwrap_or(0);
        let before = index.checked_sub(1).and_then(|index| self.ends.get(index));
        self.places.get(before.copied().unwrap_or(0)..end).unwrap_or_default()
    }

    /// Whether the base is the smallest place, and every unit and every call has some place.
    fn is_as_written(&self, base: i64) -> bool {
        let width = self.calls.len();
        let mut seen = (vec![false; self.units.len()], vec![false; width]);
        for index in (0..self.ends.len()).filter(|index| !self.cell(*index).is_empty()) {
            let unit = index.checked_div(width).and_then(|unit| seen.0.get_mut(unit));
            let call = index.checked_rem(width).and_then(|call| seen.1.get_mut(call));
            unit.into_iter().chain(call).for_each(|seen| *seen = true);
        }
        let is_full = seen.0.iter().chain(&seen.1).all(|seen| *seen);
        is_full && base == self.places.iter().copied().min().unwrap_or(0)
    }
}

fn wide(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn put(to: &mut Vec<u8>, mut number: u64) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            return to.push(low & 0x7f);
        }
        to.push(low | 0x80);
    }
}

/// What is left to be read.
struct Source<'b>(&'b [u8]);

impl<'b> Source<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], Text> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(CUT_SHORT)?;
        self.0 = rest;
        Ok(taken)
    }

    fn varint(&mut self) -> Result<u64, Text> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first().ok_or(CUT_SHORT)?;
            self.0 = rest;
            let bits = u64::from(byte & 0x7f);
            // The tenth byte has room for one bit; a byte of nothing at the end is a second writing.
            if (shift == 63 && bits > 1) || (shift > 0 && *byte == 0) {
                return Err(NOT_CANONICAL);
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(NOT_CANONICAL)
    }

    fn count(&mut self, most: usize) -> Result<usize, Text> {
        let count = usize::try_from(self.varint()?).map_err(|_| TOO_MANY)?;
        if count > most { Err(TOO_MANY) } else { Ok(count) }
    }

    /// Names in rising order, each once.
    fn names(&mut self, most: usize) -> Result<Vec<String>, Text> {
        let mut names: Vec<String> = Vec::new();
        for _ in 0..self.count(most)? {
            let length = self.count(NAME_BYTES_MAX)?;
            let name = std::str::from_utf8(self.take(length)?).map_err(|_| NOT_TEXT)?;
            if names.last().is_some_and(|before| before.as_str() >= name) {
                return Err(NOT_ASCENDING);
            }
            names.push(name.to_owned());
        }
        Ok(names)
    }
}

const TOO_LONG: Text = text!("超过64 MiB", "it is longer than 64 MiB");
const CUT_SHORT: Text = text!("内容不完整，提前结束", "it ends too early");
const LEFT_OVER: Text = text!("末尾有多余的内容", "something is left over at its end");
const NOT_ASCENDING: Text =
    text!("次序不对或有重复", "its order is wrong, or something stands twice");
const NOT_CANONICAL: Text = text!("不是规范的写法", "it is not in its one writing");
const NOT_TEXT: Text = text!("名称不是UTF-8文字", "a name is not UTF-8 text");
const TOO_LARGE: Text = text!("记录位置超出范围", "a place of the journal is out of range");
const TOO_MANY: Text =
    text!("单位、取数或名称超过限额", "too many units or calls, or too long a name");

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CellPlaces, Evidence};

    fn cell(unit: &str, call: &str, places: &[i64]) -> CellPlaces {
        CellPlaces { unit: unit.to_owned(), call: call.to_owned(), places: places.to_vec() }
    }

    #[test]
    fn what_was_written_is_read_again_whatever_order_it_came_in() {
        let cells = [
            cell("乙", "率(权重=是)", &[9, 7, 1_000_000, 7]),
            cell("甲", "数", &[i64::MAX, i64::MIN]),
            cell("甲", "率(权重=是)", &[]),
            cell("甲", "数", &[3]),
        ];
        let evidence = Evidence::new(&cells);
        assert_eq!(evidence.places("乙", "率(权重=是)"), [7, 9, 1_000_000]);
        assert_eq!(evidence.places("甲", "数"), [i64::MIN, 3, i64::MAX]);
        assert!(evidence.places("甲", "率(权重=是)").is_empty());
        assert!(evidence.places("丙", "数").is_empty());
        assert_eq!(evidence.place_count(), 6);
        let bytes = evidence.encode();
        assert_eq!(Evidence::decode(&bytes).unwrap(), evidence);
        let mut turned = cells;
        turned.reverse();
        assert_eq!(Evidence::new(&turned).encode(), bytes);
        assert_eq!(Evidence::decode(&Evidence::default().encode()).unwrap(), Evidence::default());
    }

    #[test]
    fn a_count_that_the_bytes_cannot_hold_is_refused_before_room_is_made() {
        // One unit, one call, base 0, and a cell that claims 2^56 places.
        let mut bytes = vec![1, 1, b'u', 1, 1, b'c', 0, 0, 0, 0, 0, 0, 0, 0];
        bytes.extend([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]);
        assert!(Evidence::decode(&bytes).unwrap_err().en.contains("too early"));
        assert!(Evidence::decode(&[0xff; 12]).is_err());
    }

    proptest! {
        #[test]
        fn random_bytes_are_refused_or_are_the_one_writing(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(evidence) = Evidence::decode(&bytes) {
                prop_assert_eq!(evidence.encode(), bytes);
            }
        }

        #[test]
        fn a_changed_byte_never_reads_as_the_same_evidence(
            cells in prop::collection::vec((0u8..4, 0u8..3, prop::collection::vec(any::<i64>(), 0..5)), 0..8),
            at in any::<prop::sample::Index>(), flip in 1u8..,
        ) {
            let cells: Vec<CellPlaces> = cells
                .iter()
                .map(|(unit, call, places)| cell(&format!("u{unit}"), &format!("c{call}"), places))
                .collect();
            let evidence = Evidence::new(&cells);
            let mut bytes = evidence.encode();
            prop_assert_eq!(&Evidence::decode(&bytes).unwrap(), &evidence);
            let place = at.index(bytes.len());
            bytes[place] ^= flip;
            if let Ok(other) = Evidence::decode(&bytes) {
                prop_assert_ne!(&other, &evidence);
                prop_assert_eq!(other.encode(), bytes);
            }
        }
    }
}
