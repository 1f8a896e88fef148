//! Tables of closed sets.
//!
//! Statuses and kinds were listed in the model, in the checks of definitions, in queries and in
//! every format that names them. Now each has one table, and a value without a row does not compile.

/// Gives an enum its table: one row for each value, with the word that authors write for it and, if
/// the set has further columns, its facts.
macro_rules! closed_set {
    ($set:ident { $($value:ident $({ $field:ident })? = $name:literal,)+ }) => {
        impl $set {
            /// All values, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$value $({ $field: None })?),+];
            /// The names of all values, in the order of the table.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// Returns the word that authors write.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$value { .. } => $name,)+
                }
            }
        }
    };
    ($set:ident: $facts:ty { $($value:ident $({ $field:ident })? = $name:literal => $row:expr,)+ }) => {
        closed_set! { $set { $($value $({ $field })? = $name,)+ } }

        impl $set {
            const fn facts(self) -> $facts {
                match self {
                    $(Self::$value { .. } => $row,)+
                }
            }
        }
    };
}

pub(crate) use closed_set;
