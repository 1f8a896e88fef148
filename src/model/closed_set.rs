//! Tables of closed sets.

/// Gives an enum its table: one row a value, with the word that authors write for it and, where the set has
/// further columns, its facts. All that lists the values iterates the table, and a value without a row does not
/// compile.
macro_rules! closed_set {
    ($set:ident { $($value:ident $({ $field:ident })? = $name:literal,)+ }) => {
        impl $set {
            /// The values, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$value $({ $field: None })?),+];
            /// The names of all values, in the same order.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// The word that authors write.
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
