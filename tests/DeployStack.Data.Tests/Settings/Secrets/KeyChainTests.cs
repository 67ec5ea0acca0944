using DeployStack.Data.Settings;
using DeployStack.Data.Settings.Secrets;
using DeployStack.Data.Settings.Secrets.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Tests.Settings.Secrets;

public sealed class KeyChainTests
{
    private const string One = "correct horse battery staple";
    private const string Two = "another, \"longer\" pass phrase; with everything";
    private const string Three = "and a third one, still older";
    private const string Variable = "DEPLOYSTACK_ENCRYPTION_SECRET";

    private readonly Dictionary<string, string?> _environment = [];
    private int _asked;

    [Fact]
    public void Nothing_is_read_before_the_first_secret()
    {
        _environment[Variable] = "short";
        var protector = Of(new SettingSecretsOptions { Keys = () => throw new InvalidOperationException(), KeyFile = "does-not-exist" });
        Assert.True(protector.IsProtected("ds1:00000000:AAAA"));
        Assert.Equal("00000000", protector.KeyIdOf("ds1:00000000:AAAA"));
        Assert.Equal(0, _asked);
    }

    [Fact]
    public void Earlier_pass_phrases_decrypt_and_the_current_one_encrypts()
    {
        var stored = new[] { Of([(Variable, One)]).Protect("k", "1"), Of([(Variable, Two)]).Protect("k", "2"), Of([(Variable, Three)]).Protect("k", "3") };
        var all = Of([(Variable, Three), (Variable + "_PREVIOUS", Two), (Variable + "_PREVIOUS_9", One)]);
        Assert.Equal(["1", "2", "3"], stored.Select(each => all.Unprotect("k", each)));
        Assert.Equal(all.KeyIdOf(stored[2]), all.CurrentKeyId);
        Assert.Equal(SettingKeyRing.FromSecret(Three, Two).KeyIds, [all.KeyIdOf(stored[2])!, all.KeyIdOf(stored[1])!]);
    }

    [Fact]
    public void A_pass_phrase_gives_the_same_key_in_every_version()
        => Assert.Equal("7ba83198", SettingKeyRing.FromSecret(One).CurrentKeyId);

    [Fact]
    public void A_pass_phrase_is_derived_once_per_process()
        => Assert.Same(SettingKeyRing.FromSecret(Two).Current, SettingKeyRing.FromSecret(One, Two).Find(Of([(Variable, Two)]).CurrentKeyId!));

    [Theory]
    [InlineData("hunter2")]
    [InlineData("                      ")]
    [InlineData("15 characters..")]
    public void A_short_pass_phrase_is_refused_by_the_name_of_its_variable(string secret)
    {
        var error = Assert.Throws<SettingException>(() => Of([(Variable, secret)]).Protect("a.secret", "value"));
        Assert.Equal((DatabaseErrorKind.SecretUnreadable, "a.secret"), (error.Kind, error.Key));
        Assert.Contains(Variable, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pass_phrase_that_is_no_text_is_refused_without_a_character_of_it()
    {
        var error = Assert.Throws<SettingException>(() => SettingKeyRing.FromSecret("\ud8a1 and then long enough"));
        Assert.Equal(DatabaseErrorKind.SecretUnreadable, error.Kind);
        Assert.DoesNotContain("d8a1", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Given_keys_come_before_the_environment_which_still_decrypts()
    {
        var stored = Of([(Variable, One)]).Protect("k", "1");
        var ring = SettingKeyRing.FromKeys(new byte[32]);
        _environment[Variable] = One;
        var both = Of(new SettingSecretsOptions { Keys = () => ring });
        Assert.Equal(ring.CurrentKeyId, both.CurrentKeyId);
        Assert.Equal("1", both.Unprotect("k", stored));
        Assert.False(Of(new SettingSecretsOptions { Keys = () => ring, UseEnvironment = false }).HasKey(both.KeyIdOf(stored)!));
    }

    [Fact]
    public void A_source_that_fails_is_an_error_and_is_asked_again()
    {
        _environment[Variable] = One;
        var fails = true;
        var ring = SettingKeyRing.FromKeys(new byte[32]);
        var protector = Of(new SettingSecretsOptions { Keys = () => fails ? throw new TimeoutException("the vault is away") : ring });
        var error = Assert.Throws<SettingException>(() => protector.Protect("k", "1"));
        Assert.IsType<TimeoutException>(error.InnerException!.InnerException);
        fails = false;
        Assert.Equal(ring.CurrentKeyId, protector.KeyIdOf(protector.Protect("k", "1")));
    }

    [Fact]
    public void A_key_file_that_is_missing_is_not_replaced_by_the_environment()
    {
        _environment[Variable] = One;
        var error = Assert.Throws<SettingException>(() => Of(new SettingSecretsOptions { KeyFile = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}") }).Protect("k", "1"));
        Assert.Contains("does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_key_given_twice_is_refused()
        => Assert.Contains("twice", Assert.Throws<SettingException>(() => SettingKeyRing.FromKeys(new byte[32], new byte[32])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_another_length_is_refused(int length) => Assert.Throws<ArgumentException>(() => SettingKeyRing.FromKeys(new byte[length]));

    [Fact]
    public void The_protector_stands_in_the_container_and_the_applications_own_replaces_it()
    {
        var ring = SettingKeyRing.FromKeys(new byte[32]);
        var own = SettingProtectorFactory.Create(new());
        var services = new ServiceCollection();
        new Builder(services, "").AddSettingSecrets(options => options.Keys = () => ring);
        new Builder(services, "other").AddSettingSecrets().AddSettingProtector(_ => own);
        using var provider = services.BuildServiceProvider();
        Assert.Equal(ring.CurrentKeyId, provider.GetRequiredService<ISettingProtector>().CurrentKeyId);
        Assert.Same(provider.GetRequiredService<ISettingProtector>(), provider.GetRequiredKeyedService<ISettingProtector>(""));
        Assert.Same(own, provider.GetRequiredKeyedService<ISettingProtector>("other"));
    }

    private AesGcmProtector Of(SettingSecretsOptions options) => new(KeyChain.Of(options, name =>
    {
        _asked++;
        return _environment.GetValueOrDefault(name);
    }));

    private static AesGcmProtector Of((string Name, string Value)[] variables)
        => new(KeyChain.Of(new(), name => variables.FirstOrDefault(each => each.Name == name).Value));

    private sealed record Builder(IServiceCollection Services, string Name) : IDeployStackDataBuilder;
}
