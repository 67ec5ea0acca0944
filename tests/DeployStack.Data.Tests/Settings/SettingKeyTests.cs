using DeployStack.Data.Settings;

namespace DeployStack.Data.Tests.Settings;

public sealed class SettingKeyTests
{
    [Theory]
    [InlineData("github-oauth", "github.oauth.client_id", "client_id")]
    [InlineData("smtp", "smtp.host", "host")]
    [InlineData("smtp", "SMTP.host", "host")]
    [InlineData("smtp", "smtp", "smtp")]
    [InlineData("smtp", "smtp.", "smtp.")]
    [InlineData("smtp", "smtpx.host", "smtpx.host")]
    [InlineData("smtp", "other.host", "other.host")]
    [InlineData("a.b", "a.b.c", "c")]
    [InlineData("a.b", "a-b.c", "c")]
    [InlineData("a.b", "a_b.c.d", "c.d")]
    [InlineData("a", "a.a.b", "a.b")]
    [InlineData("ab", "a.b.c", "c")]
    [InlineData("--", "a.b", "a.b")]
    [InlineData("--", "..a", "..a")]
    [InlineData("a-b", "A.B.C", "C")]
    [InlineData("A_B", "a.b.c", "c")]
    [InlineData("a.b", "a.b", "a.b")]
    [InlineData("a.b", "a.c", "a.c")]
    [InlineData("a.b.c", "a.b.d", "a.b.d")]
    [InlineData("github-oauth", "github.oauth", "github.oauth")]
    [InlineData("github-oauth", "github.oauth.app.id", "app.id")]
    [InlineData("github-oauth", "githuboauth.id", "id")]
    [InlineData("github-oauth", "github.id", "github.id")]
    public void The_short_name_is_what_the_group_does_not_say(string group, string key, string name) => Assert.Equal(name, SettingKey.Relative(group, key));
}
