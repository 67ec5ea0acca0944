namespace DeployStack.Data.Migrations.Scripts;

/// <summary>What a piece of SQL text is, as far as taking scripts apart needs it.</summary>
internal enum SqlTokenKind
{
    /// <summary>White space.</summary>
    Space,

    /// <summary>From <c>--</c> to the end of the line, or from <c>/*</c> to <c>*/</c>, or to the end of the text.</summary>
    Comment,

    /// <summary>A keyword, an unquoted name, a number, or a parameter.</summary>
    Word,

    /// <summary>A string in single quotes.</summary>
    Text,

    /// <summary>A name in double quotes, backticks or brackets.</summary>
    Name,

    /// <summary>A semicolon.</summary>
    Semicolon,

    /// <summary>One character of anything else.</summary>
    Symbol,

    /// <summary>A string or quoted name without its end.</summary>
    Unterminated,
}
