namespace DeployStack.Data.Settings;

/// <summary>The kinds of value that the table tells apart in its column <c>type</c>.</summary>
public enum SettingType
{
    /// <summary>Any text.</summary>
    String,

    /// <summary>A whole or decimal number, written with a point and without separators.</summary>
    Number,

    /// <summary>The words <c>true</c> and <c>false</c>.</summary>
    Boolean,
}
