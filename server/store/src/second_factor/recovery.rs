//! Recovery codes: ten that stand in for the app, once each. They are made from one random secret, which goes to the page
//! that shows them and is kept nowhere.

use domain::{RecoveryCode, UserId};
use sha2::{Digest, Sha256};
use sqlx::{Any, Executor};

use crate::{LinkToken, Result, Writing, token};

/// How many there are.
const COUNT: u8 = 10;

/// Makes other ones. Those before are gone.
pub(super) async fn make(db: &mut Writing, user: UserId) -> Result<LinkToken> {
    let sheet = LinkToken::make();
    sqlx::query("delete from recovery_codes where user_id = $1").bind(user.to_string()).execute(&mut *db).await?;
    for code in of(&sheet) {
        sqlx::query("insert into recovery_codes (code_hash, user_id) values ($1, $2)")
            .bind(hash(&code))
            .bind(user.to_string())
            .execute(&mut *db)
            .await?;
    }
    Ok(sheet)
}

/// The codes that were made with this secret, if they are the account's.
pub(super) async fn find(
    db: impl Executor<'_, Database = Any>,
    user: UserId,
    sheet: &LinkToken,
) -> Result<Option<Vec<RecoveryCode>>> {
    let theirs: Vec<String> = sqlx::query_scalar("select code_hash from recovery_codes where user_id = $1")
        .bind(user.to_string())
        .fetch_all(db)
        .await?;
    let codes: Vec<RecoveryCode> = of(sheet).collect();
    Ok(codes.iter().all(|code| theirs.contains(&hash(code))).then_some(codes))
}

/// What is stored of one. It has 80 random bits: no slow hash is needed, as for passwords.
pub(super) fn hash(code: &RecoveryCode) -> String {
    token::hash(code.as_str())
}

fn of(sheet: &LinkToken) -> impl Iterator<Item = RecoveryCode> {
    (0..COUNT).map(|number| {
        let digest = Sha256::digest(format!("recovery code {number} {}", sheet.as_str()));
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&digest[..10]);
        RecoveryCode::of(bytes)
    })
}
