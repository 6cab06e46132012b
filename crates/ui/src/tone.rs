//! The five tones and the lights.

/// What a colour says beside the words: a reading, not a decoration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Grey,
    /// Under way, or to be noticed.
    Blue,
    /// Good.
    Green,
    /// Soon late, or to be checked.
    Yellow,
    /// Late, refused or failed.
    Red,
}

impl Tone {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Grey => "grey",
            Self::Blue => "blue",
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }

    pub(crate) const fn icon(self) -> &'static str {
        match self {
            Self::Grey | Self::Blue => "info",
            Self::Green => "circle-check",
            Self::Yellow | Self::Red => "alert",
        }
    }
}

/// The light of a running item. Each has its own shape, so that it is told without colour too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Light {
    /// In time: a round green dot.
    Green,
    /// Close to its day: a yellow diamond.
    Yellow,
    /// Late: a red square.
    Red,
    /// Not running: a grey dot.
    Grey,
    /// Handed in, waits for somebody else: a blue ring.
    Blue,
    /// Finished: a tick.
    Done,
}

impl Light {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
            Self::Grey => "grey",
            Self::Blue => "blue",
            Self::Done => "done",
        }
    }
}
