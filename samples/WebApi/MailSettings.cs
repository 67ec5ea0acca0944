using DeployStack.Data.Settings;

namespace DeployStack.Data.WebApi;

/// <summary>The settings of mail, as the database has them.</summary>
internal static class MailSettings
{
    public static readonly Setting<string> Host = new("smtp.host") { Description = "Mail server", IsRequired = true };
    public static readonly Setting<int> Port = new("smtp.port", 587) { Description = "Port of the mail server", Validation = SettingValidation.Range(1, 65535) };
    public static readonly Setting<bool> Secure = new("smtp.secure", true) { Description = "Whether the connection uses TLS" };
    public static readonly Setting<string> FromName = new("smtp.from_name", "DeployStack") { Description = "Name of the sender" };
    public static readonly Setting<string> Password = new("smtp.password") { Description = "Password at the mail server", IsSecret = true };

    public static readonly SettingGroup Group = new("smtp", "SMTP Mail Settings")
    {
        Icon = "mail",
        SortOrder = 1,
        Settings = [Host, Port, Secure, FromName, Password],
    };
}

/// <summary>The same as options, bound by <c>BindSettings</c>: the properties are named after the settings.</summary>
internal sealed class SmtpOptions
{
    public string Host { get; set; } = string.Empty;

    public int Port { get; set; }

    public bool Secure { get; set; }

    public string FromName { get; set; } = string.Empty;

    public string? Password { get; set; }
}
