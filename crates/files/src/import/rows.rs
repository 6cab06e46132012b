//! The rows of imports.

use journal::{Result, table, word_enum};
use kernel::{Id, Jurisdiction, Message, Moment};
use uuid::Uuid;

use super::said::{Choice, SheetNote};

word_enum! {
    /// How far an import is.
    pub enum State {
        /// The file is being read.
        Reading = "reading",
        /// It was not taken.
        Failed = "failed",
        /// Its rows wait for somebody to say which column holds what.
        Read = "read",
        /// Its rows are being looked at.
        Checking = "checking",
        /// What was found of its rows can be seen.
        Checked = "checked",
        /// Its rows are being taken over.
        Committing = "committing",
        /// They were.
        Done = "done",
    }
}

table! {
    /// A spreadsheet on its way.
    pub struct ImportRow: Operational "imports" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The import.
        pub id: Uuid,
        /// Whose it is.
        pub account_id: Uuid,
        /// What is brought in.
        pub spec: String,
        /// What the person called the file.
        pub file_name: String,
        /// How far it is.
        pub state: State,
        /// Per mille of what is being done.
        pub per_mille: i64,
        /// Why it was not taken, in both languages with a line end between.
        pub told: String,
        /// The sheets as JSON.
        pub sheets: String,
        /// What the person chose, as JSON.
        pub choice: String,
        /// Rows that are records.
        pub rows_count: i64,
        /// Rows with something to be mended.
        pub errors_count: i64,
        /// Rows with something to be looked at.
        pub warnings_count: i64,
        /// Rows that are passed over.
        pub aside_count: i64,
        /// When it began.
        pub created_at: Moment,
        /// When it last went on.
        pub changed_at: Moment,
    }
}

table! {
    /// Some rows of a sheet.
    pub struct PageRow: Operational "import_pages" key 4 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The import.
        pub import_id: Uuid,
        /// The sheet, from 0.
        pub sheet: i64,
        /// Its place, from 0.
        pub n: i64,
        /// The number of its first row.
        pub first_row: i64,
        /// The rows as JSON.
        pub rows: Vec<u8>,
        /// What was found of each, as JSON; empty before.
        pub verdicts: Vec<u8>,
        /// Rows with something to be mended.
        pub errors_count: i64,
        /// Rows with something to be looked at.
        pub warnings_count: i64,
        /// Rows that are passed over.
        pub aside_count: i64,
    }
}

table! {
    /// Which column of a header holds what.
    pub struct MappingRow: Operational "import_mappings" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// What is brought in.
        pub spec: String,
        /// The hash of the header's titles.
        pub signature: Vec<u8>,
        /// The columns as JSON.
        pub columns: String,
        /// When it was last used.
        pub used_at: Moment,
    }
}

impl ImportRow {
    /// What the person chose.
    pub fn choice(&self) -> Result<Choice> {
        Ok(serde_json::from_str(&self.choice)?)
    }

    /// With another choice.
    pub fn choosing(self, choice: &Choice) -> Result<Self> {
        Ok(Self { choice: serde_json::to_string(choice)?, ..self })
    }

    /// The sheets of the file.
    pub fn sheets(&self) -> Result<Vec<SheetNote>> {
        Ok(serde_json::from_str(&self.sheets)?)
    }

    /// Why it was not taken.
    pub fn message(&self) -> Option<Message> {
        let (zh, en) = self.told.split_once('\n')?;
        Some(Message { zh: zh.to_owned(), en: en.to_owned() })
    }

    /// With a word to its person.
    pub fn telling(self, message: &Message) -> Self {
        let line = |text: &str| text.replace('\n', " ");
        Self { told: format!("{}\n{}", line(&message.zh), line(&message.en)), ..self }
    }

    /// Whether something goes on in it, or was given up when the program was stopped.
    pub fn is_busy(&self, now: Moment) -> bool {
        /// Nothing is told less often.
        const SILENT_SECS: i64 = 300;
        let busy = matches!(self.state, State::Reading | State::Checking | State::Committing);
        busy && self.changed_at.plus_secs(SILENT_SECS) > now
    }
}
