//! Mail: what waits in the outbox goes out, by a mail server or into a folder. No request waits for it.

mod carrier;
mod letter;
pub(crate) mod unsubscribe;

use std::time::{Duration, Instant};

use app::site_url::SiteUrl;
use store::{Claimed, MailKind, NewsMail, Store};

pub use self::carrier::{Carrier, MailError, Sender, SmtpUrl};
use self::letter::Letter;

/// How often the outbox is looked at.
const EVERY: Duration = Duration::from_secs(1);
/// How often inboxes are looked at for news.
const NEWS_EVERY: Duration = Duration::from_secs(30);
/// The pause after the database could not be asked.
const AFTER_FAILURE: Duration = Duration::from_secs(3);

/// Sends what is due, for as long as the node runs.
pub(crate) async fn watch(store: Store, carrier: Carrier, site: SiteUrl) {
    let mut looked: Option<Instant> = None;
    loop {
        if looked.is_none_or(|looked| looked.elapsed() >= NEWS_EVERY) {
            looked = Some(Instant::now());
            if let Err(error) = store.queue_news().await {
                tracing::warn!(%error, "inboxes could not be looked at for news");
            }
        }
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
        let Some(draft) = draft_for(store, &mail, site).await? else {
            store.mail_sent(&mail).await?;
            continue;
        };
        match carrier.carry(&draft.letter).await {
            Ok(()) => {
                if let Some(news) = &draft.news {
                    store.news_sent(news).await?;
                }
                store.mail_sent(&mail).await?;
            }
            Err(error) => {
                // Whose mail it is stays out of the log.
                let is_over = store.mail_failed(&mail).await?;
                tracing::warn!(%error, tries = mail.tries, is_over, "a mail was not sent");
            }
        }
    }
    Ok(())
}

/// What goes out, and what is to be noted then.
struct Draft {
    letter: Letter,
    news: Option<NewsMail>,
}

impl From<Letter> for Draft {
    fn from(letter: Letter) -> Self {
        Self { letter, news: None }
    }
}

/// What it says, made now; `None` if there is nothing to say.
async fn draft_for(store: &Store, mail: &Claimed, site: &SiteUrl) -> store::Result<Option<Draft>> {
    match mail.kind {
        MailKind::Forgotten => {
            let forgotten = store.find_forgotten(&mail.to).await?;
            Ok(forgotten.map(|forgotten| letter::of_forgotten(mail, &forgotten, site).into()))
        }
        MailKind::News => {
            let news = store.find_news(&mail.to).await?;
            Ok(news.map(|news| Draft { letter: letter::of_news(mail, &news, site), news: Some(news) }))
        }
        MailKind::NewAddress => {
            let asked = store.find_address_asked(&mail.to).await?;
            Ok(asked.map(|asked| letter::of_new_address(mail, &asked, site).into()))
        }
        MailKind::SecondFactorOn => of_account(store, mail, site, letter::SECOND_FACTOR_ON).await,
        MailKind::SecondFactorOff => of_account(store, mail, site, letter::SECOND_FACTOR_OFF).await,
        MailKind::RecoveryCodesMade => of_account(store, mail, site, letter::RECOVERY_CODES_MADE).await,
        MailKind::RecoveryCodeUsed => of_account(store, mail, site, letter::RECOVERY_CODE_USED).await,
        MailKind::WrongCodes => of_account(store, mail, site, letter::WRONG_CODES).await,
        MailKind::AddressNotice => {
            let notice = store.find_address_notice(&mail.to).await?;
            Ok(notice.map(|notice| letter::of_address_notice(mail, &notice, site).into()))
        }
    }
}

/// What tells a person of their account.
async fn of_account(
    store: &Store,
    mail: &Claimed,
    site: &SiteUrl,
    told: letter::AccountTold,
) -> store::Result<Option<Draft>> {
    let notice = store.find_account_notice(mail).await?;
    Ok(notice.map(|notice| letter::of_account(mail, &notice, told, site).into()))
}
