//! A small generator of chances: the same words give the same chances on every machine.

/// xorshift64*, seeded by words.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The chances that belong to some words.
    pub fn of(words: &[&str]) -> Self {
        let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
        // FNV-1a.
        let seed = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(seed | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33
    }

    /// A number from 0 up to, not including, `n`.
    pub fn below(&mut self, n: u32) -> u32 {
        u32::try_from(self.next() % u64::from(n.max(1))).unwrap_or_default()
    }

    /// Whether something happens that happens `percent` times of a hundred.
    pub fn percent(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of some texts; the empty text when there are none.
    pub fn pick(&mut self, texts: &[&'static str]) -> &'static str {
        let count = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        let at = usize::try_from(self.below(count)).unwrap_or_default();
        texts.get(at).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn the_same_words_give_the_same_chances() {
        let draw = |words: &[&str]| {
            let mut chance = Chance::of(words);
            [(); 8].map(|()| chance.below(1_000))
        };
        assert_eq!(draw(&["临颍县", "供暖"]), draw(&["临颍县", "供暖"]));
        assert_ne!(draw(&["临颍县", "供暖"]), draw(&["临颍县供", "暖"]));
    }
}
