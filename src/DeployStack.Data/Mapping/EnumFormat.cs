namespace DeployStack.Data.Mapping;

/// <summary>How an enum is stored. Reading accepts both forms whatever the format.</summary>
public enum EnumFormat
{
    /// <summary>INTEGER, the underlying number.</summary>
    Number = 0,

    /// <summary>TEXT, the member's name; a value without a name is stored as its number in text.</summary>
    Text,
}
