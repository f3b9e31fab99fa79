//! Budgets of writes: counted in one place, before a function runs, per account and per address.

use std::{net::IpAddr, sync::Arc};

use app::{AppError, asker::Asker, attempts::too_many};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::UserId;
use governor::{DefaultKeyedRateLimiter, RateLimiter};
use http_body_util::BodyExt;

use crate::budget::Budget;

/// What everybody has asked lately. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Budgets(Arc<Vec<Counted>>);

/// What was drawn on one budget.
#[derive(Debug)]
struct Counted {
    budget: Budget,
    accounts: DefaultKeyedRateLimiter<UserId>,
    addresses: DefaultKeyedRateLimiter<IpAddr>,
}

impl Default for Budgets {
    fn default() -> Self {
        let counted = Budget::ALL.map(|budget| Counted {
            budget,
            accounts: RateLimiter::keyed(budget.per_account().quota()),
            addresses: RateLimiter::keyed(budget.per_address().quota()),
        });
        Self(Arc::new(counted.into()))
    }
}

impl Budgets {
    fn spend(&self, budget: Budget, asker: &Asker) -> Result<(), AppError> {
        let Some(counted) = self.0.iter().find(|counted| counted.budget == budget) else { return Ok(()) };
        let user = asker.viewer.as_ref().map(|viewer| viewer.user);
        // The account first: who is over their own budget takes nothing from their neighbours'.
        let allowed = user.map_or(Ok(()), |user| counted.accounts.check_key(&user));
        let allowed = allowed.and_then(|()| asker.address.map_or(Ok(()), |from| counted.addresses.check_key(&from)));
        allowed.map_err(too_many)
    }

    /// Forgets who has been quiet for long enough; called now and then, so that memory stays bounded.
    pub fn tidy(&self) {
        for counted in self.0.iter() {
            counted.accounts.retain_recent();
            counted.accounts.shrink_to_fit();
            counted.addresses.retain_recent();
            counted.addresses.shrink_to_fit();
        }
    }
}

/// Counts a write, and refuses it beyond its budget. Without budgets everything passes.
pub(crate) async fn enforce(State(budgets): State<Option<Budgets>>, request: Request, next: Next) -> Response {
    let function = request.uri().path().strip_prefix("/api/");
    let budget = function.and_then(|function| Budget::of(request.method(), function));
    let (Some(budgets), Some(budget)) = (budgets, budget) else { return next.run(request).await };
    let spent = match request.extensions().get::<Asker>() {
        Some(asker) => budgets.spend(budget, asker),
        None => Ok(()),
    };
    match spent {
        Ok(()) => next.run(request).await,
        Err(error) => {
            let response = refuse(&error);
            // Who is still sending when they are refused sees a broken connection, not why.
            let mut body = request.into_body();
            while let Some(Ok(_)) = body.frame().await {}
            response
        }
    }
}

/// Says when to come back.
fn refuse(error: &AppError) -> Response {
    let mut response = (StatusCode::TOO_MANY_REQUESTS, Json(error)).into_response();
    if let AppError::TooMany(seconds) = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
    }
    response
}
