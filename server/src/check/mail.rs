//! Mail: whether it would be taken now.

use super::Finding;
use crate::{config::Serve, serve::carrier};

pub(super) async fn check(config: &Serve) -> Vec<Finding> {
    let carrier = match carrier(config) {
        Ok(None) => return vec![],
        Ok(Some((carrier, _))) => carrier,
        Err(error) => {
            return vec![Finding::new(
                format!("Mail can't be sent as it is set up: {error}."),
                "quire serve refuses to start.",
                "Set QUIRE_URL to where the world finds the site, and QUIRE_MAIL_FROM to an address of yours.",
            )];
        }
    };
    match carrier.try_out().await {
        Ok(()) => vec![],
        Err(error) => vec![Finding::new(
            format!("No mail can be sent: {error}."),
            "People who forgot their password get no link; mails wait, and are tried again for hours.",
            "See that QUIRE_SMTP names your mail server with its port, user and password, or that QUIRE_MAIL_DIR is a folder that can be written to.",
        )],
    }
}
