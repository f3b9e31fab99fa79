//! Mail: what waits in the outbox goes out, by a mail server or into a folder. No request waits for it.

mod carrier;
mod letter;

use std::time::Duration;

use app::site_url::SiteUrl;
use store::{Claimed, MailKind, Store};

pub use self::carrier::{Carrier, MailError, Sender, SmtpUrl};
use self::letter::Letter;

/// How often the outbox is looked at.
const EVERY: Duration = Duration::from_secs(1);
/// The pause after the database could not be asked.
const AFTER_FAILURE: Duration = Duration::from_secs(3);

/// Sends what is due, for as long as the node runs.
pub(crate) async fn watch(store: Store, carrier: Carrier, site: SiteUrl) {
    loop {
        let pause = match send_due(&store, &carrier, &site).await {
            Ok(()) => EVERY,
            Err(error) => {
                tracing::warn!(%error, "mail could not be looked for");
                AFTER_FAILURE
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// Sends what is due now. A mail that can't be sent waits for its next turn.
///
/// # Errors
/// If the database can't be asked.
pub async fn send_due(store: &Store, carrier: &Carrier, site: &SiteUrl) -> store::Result<()> {
    for mail in store.claim_mail().await? {
        let Some(letter) = letter_for(store, &mail, site).await? else {
            store.mail_sent(&mail).await?;
            continue;
        };
        match carrier.carry(&letter).await {
            Ok(()) => store.mail_sent(&mail).await?,
            Err(error) => {
                // Whose mail it is stays out of the log.
                let is_over = store.mail_failed(&mail).await?;
                tracing::warn!(%error, tries = mail.tries, is_over, "a mail was not sent");
            }
        }
    }
    Ok(())
}

/// What it says, made now; `None` if there is nothing to say.
async fn letter_for(store: &Store, mail: &Claimed, site: &SiteUrl) -> store::Result<Option<Letter>> {
    match mail.kind {
        MailKind::Forgotten => {
            let forgotten = store.find_forgotten(&mail.to).await?;
            Ok(forgotten.map(|forgotten| letter::of_forgotten(mail, &forgotten, site)))
        }
        MailKind::NewAddress => {
            let asked = store.find_address_asked(&mail.to).await?;
            Ok(asked.map(|asked| letter::of_new_address(mail, &asked, site)))
        }
        MailKind::AddressNotice => {
            let notice = store.find_address_notice(&mail.to).await?;
            Ok(notice.map(|notice| letter::of_address_notice(mail, &notice, site)))
        }
    }
}
