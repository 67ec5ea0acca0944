using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Tests.Migrations;

public sealed class PragmaTests
{
    [Theory]
    [InlineData("PRAGMA foreign_keys=OFF", "foreign_keys", "OFF", false)]
    [InlineData("pragma foreign_keys = on", "foreign_keys", "on", true)]
    [InlineData("PRAGMA foreign_keys(0)", "foreign_keys", "0", false)]
    [InlineData("PRAGMA main.foreign_keys = 'no'", "foreign_keys", "no", false)]
    [InlineData("PRAGMA \"main\" . \"foreign_keys\" = 1", "foreign_keys", "1", true)]
    [InlineData("/* a */ PRAGMA -- b\n foreign_keys /* c */ = /* d */ YES", "foreign_keys", "YES", true)]
    [InlineData("PRAGMA foreign_keys", "foreign_keys", null, null)]
    [InlineData("PRAGMA foreign_key_check(teams)", "foreign_key_check", "teams", null)]
    [InlineData("PRAGMA cache_size = -2000", "cache_size", "-2000", null)]
    public void A_pragma_is_read(string sql, string name, string? value, bool? isOn)
    {
        var pragma = Pragma.Parse(sql)!;
        Assert.True(pragma.Is(name));
        Assert.Equal(value, pragma.Value);
        Assert.Equal(isOn, pragma.Switch);
    }

    [Theory]
    [InlineData("SELECT 'PRAGMA foreign_keys = OFF'")]
    [InlineData("PRAGMATIC foreign_keys = OFF")]
    [InlineData("PRAGMA")]
    [InlineData("")]
    public void Anything_else_is_none(string sql) => Assert.Null(Pragma.Parse(sql));
}
