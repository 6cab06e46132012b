//! The ways out of the program, as the one who operates it has set them up.

use kernel::{Message, Text, msg, text};
use uuid::Uuid;

use crate::letter::Letter;
use crate::mail::Mail;
use crate::tables::Channel;
use crate::webhook::Webhook;

/// The ways that are set up; none means that messages stay inside the program.
#[derive(Default)]
pub struct Channels {
    /// Mail.
    pub mail: Option<Mail>,
    /// The webhook.
    pub webhook: Option<Webhook>,
    /// Where people reach the program, `https://duban.example.gov.cn`, for links in messages.
    pub site: Option<String>,
}

/// Why something did not leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What the bureau reads.
    pub reason: Message,
    /// Whether trying again by itself is of no use.
    pub is_final: bool,
}

impl Failure {
    /// Something that may be different in a while.
    pub(crate) const fn passing(reason: Message) -> Self {
        Self { reason, is_final: false }
    }

    /// Something that somebody has to mend first.
    pub(crate) const fn lasting(reason: Message) -> Self {
        Self { reason, is_final: true }
    }
}

/// Whom a letter is for, as the channels need it.
#[derive(Debug)]
pub(crate) struct Addressee {
    pub(crate) post: Uuid,
    pub(crate) person: Uuid,
    pub(crate) account: String,
    pub(crate) mail: Option<String>,
}

const NO_MAIL: Text = text!(
    "该人员没有登记邮箱，请安全管理员登记后再试。",
    "The person has no mail address; the security administrator enters it, then try again."
);

impl Channels {
    /// Whether a channel is set up.
    pub(crate) const fn has(&self, channel: Channel) -> bool {
        match channel {
            Channel::Mail => self.mail.is_some(),
            Channel::Webhook => self.webhook.is_some(),
        }
    }

    /// The address of the inbox, for links.
    pub(crate) fn inbox(&self) -> Option<String> {
        self.site.as_deref().map(|site| format!("{}/inbox", site.trim_end_matches('/')))
    }

    /// Sends a letter by a channel. The identifier is the same at every try.
    pub(crate) async fn send(
        &self,
        channel: Channel,
        to: &Addressee,
        letter: &Letter,
        (id, at): (Uuid, kernel::Moment),
    ) -> Result<(), Failure> {
        let link = self.inbox();
        match channel {
            Channel::Mail => {
                let mail = self.mail.as_ref().ok_or_else(|| absent("--mail-host"))?;
                let address = to.mail.as_deref();
                let address = address.ok_or_else(|| Failure::lasting(NO_MAIL.into()))?;
                mail.send(address, letter, link.as_deref(), id).await
            }
            Channel::Webhook => {
                let webhook = self.webhook.as_ref().ok_or_else(|| absent("--webhook-url"))?;
                webhook.send(to, letter, link.as_deref(), (id, at)).await
            }
        }
    }
}

fn absent(flag: &str) -> Failure {
    Failure::lasting(msg!(
        "程序启动时没有设置该渠道（{flag}），请系统管理员设置后重启。",
        "The program was started without this channel ({flag}); set it and start it again."
    ))
}
