using System.Net.Mail;

namespace DeployStack.Data.Settings.Values;

/// <summary>Which texts are one e-mail address.</summary>
internal static class EmailText
{
    /// <summary>An address alone: no name, no comment, no list, no spaces around it.</summary>
    public static bool IsAddress(string text)
        => MailAddress.TryCreate(text, out var address) && string.Equals(address.Address, text, StringComparison.Ordinal) && address.Host.Contains('.', StringComparison.Ordinal);
}
