//! Where the library is kept: every statement of SQL, and the tiers between the database and a query.
