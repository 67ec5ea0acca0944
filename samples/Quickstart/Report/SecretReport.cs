using DeployStack.Data.Settings;

namespace DeployStack.Data.Quickstart.Report;

/// <summary>A secret, as everybody sees it and as it stands in the file.</summary>
internal static class SecretReport
{
    private const int Shown = 20;

    public static void Write(Page page, string keyFile, bool isNew, SettingValue listed, string stored, bool isRead)
    {
        page.Title("A secret");
        page.Line("key file", $"{keyFile}, {(isNew ? "created" : "there before")}, for its owner alone");
        page.Line("in every listing", $"{listed.Key} = {listed.Value ?? "********"} ({(listed.IsSet ? "set" : "unset")})");
        page.Line("in the file", $"{stored[..Math.Min(Shown, stored.Length)]}… (AES-256-GCM, bound to its key)");
        page.Line("asked for by name", isRead ? "the same as was stored" : "**another one**");
    }
}
