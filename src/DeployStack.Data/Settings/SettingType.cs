namespace DeployStack.Data.Settings;

/// <summary>The kinds of value.</summary>
/// <remarks>The table's column <c>type</c> tells only the first three apart, as DeployStack always had it: values of the
/// others are texts there, and known as what they are by their declaration alone.</remarks>
public enum SettingType
{
    /// <summary>Any text.</summary>
    String,

    /// <summary>A whole or decimal number, written with a point and without separators.</summary>
    Number,

    /// <summary>Written <c>true</c> and <c>false</c>; read in any of the words that DeployStack understands.</summary>
    Boolean,

    /// <summary>An absolute address, http or https.</summary>
    Url,

    /// <summary>One plain e-mail address, without a name.</summary>
    Email,

    /// <summary>A member of an enumeration, by its name.</summary>
    Enum,

    /// <summary>A JSON document.</summary>
    Json,

    /// <summary>Several values: separated by commas, or a JSON array where a text would not survive that.</summary>
    List,

    /// <summary>A duration: <c>[d.]hh:mm:ss[.fffffff]</c>; read also as ISO 8601 has it, <c>PT5M</c>.</summary>
    TimeSpan,
}
