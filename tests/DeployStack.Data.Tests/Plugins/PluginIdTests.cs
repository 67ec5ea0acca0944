using System.Text;
using DeployStack.Data.Plugins;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Tests.Plugins;

public sealed class PluginIdTests
{
    [Theory]
    [InlineData("example-plugin")]
    [InlineData("a")]
    [InlineData("Plugin_2")]
    [InlineData("sqlite-tools")]
    public void An_id_is_letters_digits_hyphens_and_underscores(string id) => new PluginsBuilder().Add(id, _ => { });

    [Theory]
    [InlineData("")]
    [InlineData("2a")]
    [InlineData("_a")]
    [InlineData("a b")]
    [InlineData("a.b")]
    [InlineData("a\"b")]
    [InlineData("ä")]
    [InlineData("ſ")]
    [InlineData("a'; DROP TABLE core; --")]
    [InlineData("deploystack")]
    [InlineData("DeployStack_x")]
    [InlineData("sqlite")]
    [InlineData("SQLITE_x")]
    [InlineData("json")]
    [InlineData("globalSettings")]
    [InlineData("pragma_x")]
    public void Any_other_id_is_refused(string id) => Assert.Throws<ArgumentException>(() => new PluginsBuilder().Add(id, _ => { }));

    [Theory]
    [InlineData("a", "A")]
    [InlineData("a", "a_b")]
    [InlineData("A_b", "a")]
    [InlineData("x-y", "X-Y_z")]
    public void Two_ids_to_which_one_table_could_belong_clash(string one, string other)
        => Assert.Throws<ArgumentException>(() => new PluginsBuilder().Add(one, _ => { }).Add(other, _ => { }));

    [Fact]
    public void Ids_that_only_begin_alike_do_not_clash()
        => Assert.Equal(["a", "ab", "a-b", "b_a"], new PluginsBuilder().Add("a", _ => { }).Add("ab", _ => { }).Add("a-b", _ => { }).Add("b_a", _ => { }).Ids);

    [Theory]
    [InlineData("example-plugin_t", "example-plugin")]
    [InlineData("EXAMPLE-PLUGIN_t", "example-plugin")]
    [InlineData("example-plugin__", "example-plugin")]
    [InlineData("other_x", "other")]
    [InlineData("example-plugin_", null)]
    [InlineData("example-plugin", null)]
    [InlineData("example-pluginX_t", null)]
    [InlineData("example-plugın_t", null)]
    [InlineData("\"example-plugin_t\"", null)]
    [InlineData(" example-plugin_t", null)]
    [InlineData("", null)]
    public void The_owner_follows_from_the_prefix(string name, string? owner)
    {
        var principals = new PrincipalSet();
        principals.Add("example-plugin");
        principals.Add("other");
        principals.Add("OTHER");
        Assert.Equal(2, principals.Count);
        Assert.Equal(owner, principals.OwnerOf(Encoding.UTF8.GetBytes(name))?.Id);
    }

    [Fact]
    public void Deadlines_are_positive_and_there_is_one_initialisation()
    {
        Assert.Throws<ArgumentException>(() => new PluginsBuilder().Add("a", plugin => plugin.Deadline = TimeSpan.Zero));
        Assert.Throws<InvalidOperationException>(() => new PluginsBuilder().Add("a", plugin => plugin.OnInitialize((_, _) => Task.CompletedTask).OnInitialize((_, _) => Task.CompletedTask)));
    }
}
