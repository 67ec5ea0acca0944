using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Settings.Writing;

/// <summary>The text of a requested change in the form in which it is stored.</summary>
internal static class SettingText
{
    /// <summary>Checks the type and what the declaration demands.</summary>
    /// <param name="change">What is asked for.</param>
    /// <param name="setting">The declaration, where there is one.</param>
    /// <param name="type">The kind of values.</param>
    /// <returns>The text, or what is wrong with it as the end of a sentence; never with the value in it.</returns>
    public static (string Text, string? Fault) Check(RequestedChange change, Setting? setting, SettingType type)
    {
        if (change.Text is null || (change.Type is { } given && given != type))
        {
            return (string.Empty, $"is declared as {SettingCodec.NameOf(type)} and was given a value that does not fit");
        }

        if (setting is null)
        {
            return (change.Text, null);
        }

        return setting.Accepts(change.Text) ? (change.Text, null) : (change.Text, $"is declared as {SettingCodec.NameOf(type)} and was given a value that does not fit");
    }
}
