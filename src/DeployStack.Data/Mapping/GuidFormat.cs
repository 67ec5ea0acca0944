namespace DeployStack.Data.Mapping;

/// <summary>How a <see cref="Guid"/> is stored. Reading accepts both forms whatever the format.</summary>
public enum GuidFormat
{
    /// <summary>TEXT of 36 characters, lower case, with hyphens.</summary>
    Text = 0,

    /// <summary>BLOB of 16 bytes in the order of RFC 9562 (big endian), so that it sorts like the text.</summary>
    Blob,
}
