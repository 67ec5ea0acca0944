using DeployStack.Data.Settings;

namespace DeployStack.Data.Quickstart.Settings;

/// <summary>DeployStack's own 17 settings in 3 groups. A value is read by its declaration, so its type is known:
/// <c>int port = await settings.GetAsync(DeployStackSettings.Smtp.Port)</c>.</summary>
internal static class DeployStackSettings
{
    public static IReadOnlyList<SettingGroup> Groups { get; } = [Global.Group, Smtp.Group, GitHubOAuth.Group];

    internal static class Global
    {
        public static readonly Setting<string> PageUrl = new("global.page_url", "http://localhost:5173") { Description = "Address of the front end" };
        public static readonly Setting<bool> SendMail = new("global.send_mail", false) { Description = "Whether mail is sent at all" };
        public static readonly Setting<bool> EnableLogin = new("global.enable_login", true) { Description = "Whether users may log in" };
        public static readonly Setting<bool> EnableEmailRegistration = new("global.enable_email_registration", true) { Description = "Whether users may register by e-mail" };
        public static readonly Setting<bool> EnableSwaggerDocs = new("global.enable_swagger_docs", true) { Description = "Whether the API documentation is served" };

        public static readonly SettingGroup Group = new("global", "Global Settings")
        {
            Description = "General settings of the application",
            Icon = "settings",
            SortOrder = 0,
            Settings = [PageUrl, SendMail, EnableLogin, EnableEmailRegistration, EnableSwaggerDocs],
        };
    }

    internal static class Smtp
    {
        public static readonly Setting<string> Host = new("smtp.host") { Description = "Mail server", IsRequired = true };
        public static readonly Setting<int> Port = new("smtp.port", 587) { Description = "Port of the mail server", IsRequired = true };
        public static readonly Setting<string> Username = new("smtp.username") { Description = "User name at the mail server", IsRequired = true };
        public static readonly Setting<string> Password = new("smtp.password") { Description = "Password at the mail server", IsRequired = true, IsSecret = true };
        public static readonly Setting<bool> Secure = new("smtp.secure", true) { Description = "Whether the connection uses TLS" };
        public static readonly Setting<string> FromName = new("smtp.from_name", "DeployStack") { Description = "Name of the sender" };
        public static readonly Setting<string> FromEmail = new("smtp.from_email") { Description = "Address of the sender" };

        public static readonly SettingGroup Group = new("smtp", "SMTP Mail Settings")
        {
            Description = "The server that sends mail",
            Icon = "mail",
            SortOrder = 1,
            Settings = [Host, Port, Username, Password, Secure, FromName, FromEmail],
        };
    }

    internal static class GitHubOAuth
    {
        public static readonly Setting<string> ClientId = new("github.oauth.client_id") { Description = "Client id of the GitHub application" };
        public static readonly Setting<string> ClientSecret = new("github.oauth.client_secret") { Description = "Client secret of the GitHub application", IsSecret = true };
        public static readonly Setting<bool> Enabled = new("github.oauth.enabled", false) { Description = "Whether users may log in with GitHub" };
        public static readonly Setting<string> CallbackUrl = new("github.oauth.callback_url", "http://localhost:3000/api/auth/github/callback") { Description = "Where GitHub sends users back to" };
        public static readonly Setting<string> Scope = new("github.oauth.scope", "user:email") { Description = "What GitHub is asked for" };

        public static readonly SettingGroup Group = new("github-oauth", "GitHub OAuth Configuration")
        {
            Description = "Login with GitHub",
            Icon = "github",
            SortOrder = 2,
            Settings = [ClientId, ClientSecret, Enabled, CallbackUrl, Scope],
        };
    }
}
