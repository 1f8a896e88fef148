//! Serialisation of checked texts: they are stored as text, and checked again when they are read.

/// Implements serde for a type that holds a text. Reading calls its constructor, and a text that it
/// refuses is an error: somebody may have edited the record by hand.
macro_rules! stored_as_text {
    ($type:ty, $name:literal, $read:expr) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(from)?;
                let read: fn(&str) -> Option<Self> = $read;
                let refused =
                    || serde::de::Error::custom(format!("`{text}` is not a valid {}", $name));
                read(&text).ok_or_else(refused)
            }
        }
    };
}

pub(super) use stored_as_text;
