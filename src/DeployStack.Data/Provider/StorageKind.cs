namespace DeployStack.Data.Provider;

/// <summary>The storage classes of a value (SQLite's own list, https://www.sqlite.org/datatype3.html).</summary>
public enum StorageKind
{
    /// <summary>SQL NULL.</summary>
    Null,

    /// <summary>A signed integer of up to 64 bits.</summary>
    Integer,

    /// <summary>A 64-bit floating-point number.</summary>
    Real,

    /// <summary>Characters in the encoding of the database.</summary>
    Text,

    /// <summary>Bytes as they were given.</summary>
    Blob,
}
