using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Settings.Writing;

/// <summary>The text of a requested change in the form in which it is stored.</summary>
internal static class SettingText
{
    /// <summary>Checks the type and what the declaration demands.</summary>
    /// <param name="change">What is asked for; its text is not empty.</param>
    /// <param name="setting">The declaration, where there is one.</param>
    /// <param name="type">The kind of values.</param>
    /// <returns>The text, or what is wrong with it as the end of a sentence; never with the value in it.</returns>
    public static (string Text, string? Fault) Check(RequestedChange change, Setting? setting, SettingType type)
    {
        // the column tells kinds apart; what else the declaration demands, the text is read for
        if (change.Text is null || (change.Type is { } given && !string.Equals(SettingCodec.NameOf(given), SettingCodec.NameOf(type), StringComparison.Ordinal)))
        {
            return (string.Empty, $"is declared as {SettingCodec.NameOf(type)} and was given a value that does not fit");
        }

        return setting is null ? OfUndeclared(change.Text, type)
            : setting.FindFault(change.Text) is { } fault ? (string.Empty, fault)
            : (change.Type == type ? change.Text : setting.Normalise(change.Text) ?? change.Text, null);
    }

    private static (string Text, string? Fault) OfUndeclared(string text, SettingType type)
    {
        var isValue = type switch
        {
            SettingType.Number => SettingCodec<double>.Get().TryRead(text, out _),
            SettingType.Boolean => SettingCodec<bool>.Get().TryRead(text, out _),
            _ => true,
        };
        return isValue ? (text, null) : (string.Empty, $"is a {SettingCodec.NameOf(type)} in the database and was given a value that does not fit");
    }
}
