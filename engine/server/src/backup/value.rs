//! A value in a row.

use serde::{Deserialize, Serialize};
use sqlx::{
    Any, Row,
    any::{AnyArguments, AnyRow},
    query::Query,
};

use crate::tables::{Column, Kind};

/// A value in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Value {
    Null,
    Number(i64),
    Text(String),
}

impl Value {
    pub(super) fn get(row: &AnyRow, place: usize, column: &Column) -> sqlx::Result<Self> {
        Ok(match column.kind {
            Kind::Text => row.try_get::<Option<String>, _>(place)?.map_or(Self::Null, Self::Text),
            Kind::Number => row.try_get::<Option<i64>, _>(place)?.map_or(Self::Null, Self::Number),
        })
    }

    /// Whether a column of this kind may hold it.
    pub(super) const fn fits(&self, kind: Kind) -> bool {
        match (self, kind) {
            (Self::Null, Kind::Text | Kind::Number) | (Self::Text(_), Kind::Text) | (Self::Number(_), Kind::Number) => {
                true
            }
            (Self::Text(_), Kind::Number) | (Self::Number(_), Kind::Text) => false,
        }
    }

    /// PostgreSQL asks of what kind an absent value is.
    pub(super) fn bind(self, query: Query<'_, Any, AnyArguments>, kind: Kind) -> Query<'_, Any, AnyArguments> {
        match (self, kind) {
            (Self::Text(text), _) => query.bind(text),
            (Self::Number(number), _) => query.bind(number),
            (Self::Null, Kind::Text) => query.bind(None::<String>),
            (Self::Null, Kind::Number) => query.bind(None::<i64>),
        }
    }
}
