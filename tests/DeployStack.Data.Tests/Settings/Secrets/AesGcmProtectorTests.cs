using System.Security.Cryptography;
using DeployStack.Data.Settings;

namespace DeployStack.Data.Tests.Settings.Secrets;

public sealed class AesGcmProtectorTests
{
    private const string Key = "smtp.password";
    private const string Plain = "hunter2-Grüße-🔑";

    private static readonly byte[] _first = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] _second = RandomNumberGenerator.GetBytes(32);
    private readonly ISettingProtector _protector = Protector(SettingKeyRing.FromKeys(_first));

    public static TheoryData<string> Plaintexts => new() { "", " ", "a", Plain, "zero\0byte", "line\r\nline", new('x', 511), new('ü', 513), new('€', 350_000), new('a', 1 << 20) };

    [Theory]
    [MemberData(nameof(Plaintexts))]
    public void A_value_comes_back_as_it_was(string value)
    {
        var stored = _protector.Protect(Key, value);
        Assert.Equal(value, _protector.Unprotect(Key, stored));
        Assert.Equal(_protector.CurrentKeyId, _protector.KeyIdOf(stored));
        Assert.Matches(@"\Ads1:[0-9a-f]{8}:[A-Za-z0-9_-]{38,}\z", stored);
        Assert.True(_protector.IsProtected(stored));
    }

    [Fact]
    public void A_thousand_encryptions_of_one_value_all_differ()
        => Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => _protector.Protect(Key, Plain)).ToHashSet().Count);

    [Fact]
    public void Every_flipped_bit_is_found()
    {
        var stored = _protector.Protect(Key, Plain);
        for (var bit = 0; bit < stored.Length * 16; bit++)
        {
            var text = stored.ToCharArray();
            text[bit / 16] ^= (char)(1 << (bit % 16));
            IsRefused(Key, new(text));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData(Plain)]
    public void Every_shortened_text_is_found(string value)
    {
        var stored = _protector.Protect(Key, value);
        for (var length = 0; length < stored.Length; length++)
        {
            IsRefused(Key, stored[..length]);
        }
    }

    [Theory]
    [InlineData("{0}A")]
    [InlineData("{0}AAAA")]
    [InlineData("{0}=")]
    [InlineData("{0} ")]
    [InlineData("{0}\n")]
    [InlineData(" {0}")]
    [InlineData("{0}{0}")]
    public void A_text_with_something_more_is_refused(string format) => IsRefused(Key, string.Format(null, format, _protector.Protect(Key, Plain)));

    [Theory]
    [InlineData("")]
    [InlineData("hunter2")]
    [InlineData("ds1:")]
    [InlineData("ds1::")]
    [InlineData("ds2:00000000:AAAA")]
    [InlineData("ds1:0000000G:AAAA")]
    [InlineData("ds1:ABCDEF00:AAAA")]
    [InlineData("ds1:00000000AAAAA")]
    public void A_text_of_another_form_is_refused_and_has_no_key(string stored)
    {
        IsRefused(Key, stored);
        Assert.Null(_protector.KeyIdOf(stored));
    }

    [Theory]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!", "no base64url")]
    [InlineData("AAAA+AAA/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "no base64url")]
    [InlineData("AAAA", "cut short")]
    [InlineData("", "cut short")]
    public void What_follows_the_key_must_be_a_ciphertext(string payload, string told)
        => Assert.Contains(told, IsRefused(Key, $"ds1:{_protector.CurrentKeyId}:{payload}").Message, StringComparison.Ordinal);

    [Fact]
    public void A_ciphertext_moved_to_another_setting_is_refused()
    {
        var (one, other) = (_protector.Protect("a.one", "1"), _protector.Protect("a.other", "2"));
        Assert.Contains("moved", IsRefused("a.one", other).Message, StringComparison.Ordinal);
        IsRefused("a.other", one);
        IsRefused("a.On", one);
    }

    [Fact]
    public void A_wrong_key_is_an_unknown_id_that_is_named()
    {
        var stored = Protector(SettingKeyRing.FromKeys(_second)).Protect(Key, Plain);
        var error = IsRefused(Key, stored);
        Assert.Contains(_protector.KeyIdOf(stored)!, error.Message, StringComparison.Ordinal);
        Assert.Contains(_protector.CurrentKeyId!, error.Message, StringComparison.Ordinal);
        Assert.False(_protector.HasKey(_protector.KeyIdOf(stored)!));
    }

    [Fact]
    public void A_text_that_names_another_keys_id_is_refused()
    {
        var ring = SettingKeyRing.FromKeys(_first, _second);
        var both = Protector(ring);
        var stored = both.Protect(Key, Plain);
        Assert.Throws<SettingException>(() => both.Unprotect(Key, stored.Replace(ring.KeyIds[0], ring.KeyIds[1], StringComparison.Ordinal)));
    }

    [Fact]
    public void An_earlier_key_decrypts_and_the_current_one_encrypts()
    {
        var stored = _protector.Protect(Key, Plain);
        var later = Protector(SettingKeyRing.FromKeys(_second, _first));
        Assert.Equal(Plain, later.Unprotect(Key, stored));
        Assert.True(later.HasKey(later.KeyIdOf(stored)!));
        Assert.NotEqual(later.KeyIdOf(stored), later.KeyIdOf(later.Protect(Key, Plain)));
    }

    [Fact]
    public void Without_a_key_the_error_says_how_to_set_one()
    {
        var none = SettingProtectorFactory.Create(new() { UseEnvironment = false });
        Assert.Null(none.CurrentKeyId);
        var error = Assert.Throws<SettingException>(() => none.Protect(Key, Plain));
        Assert.Equal((DatabaseErrorKind.SecretUnreadable, Key), (error.Kind, error.Key));
        Assert.All(["DEPLOYSTACK_ENCRYPTION_SECRET", "KeyFile", "ISettingProtector"], way => Assert.Contains(way, error.Message, StringComparison.Ordinal));
        Assert.Contains(_protector.CurrentKeyId!, Assert.Throws<SettingException>(() => none.Unprotect(Key, _protector.Protect(Key, Plain))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_instead_of_lost()
    {
        var error = Assert.Throws<SettingException>(() => _protector.Protect(Key, "hunter2\ud83d"));
        Assert.Equal(DatabaseErrorKind.InvalidParameter, error.Kind);
        Assert.Null(error.InnerException);
    }

    [Fact]
    public void Many_threads_share_one_protector()
        => Parallel.For(0, 2_000, new() { MaxDegreeOfParallelism = 16 }, i => Assert.Equal($"{i}", _protector.Unprotect($"k{i % 7}", _protector.Protect($"k{i % 7}", $"{i}"))));

    [Fact]
    public void Neither_keys_nor_values_are_shown()
    {
        var ring = SettingKeyRing.FromKeys(_first, _second);
        var shown = string.Join('\n', ring, ring.Current, Protector(ring), IsRefused(Key, _protector.Protect("other.key", Plain)));
        foreach (var hidden in (string[])["hunter2", Convert.ToBase64String(_first), Convert.ToHexString(_first), Convert.ToHexString(_second)])
        {
            Assert.DoesNotContain(hidden, shown, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal([nameof(SettingKeyRing.CurrentKeyId), nameof(SettingKeyRing.KeyIds)], typeof(SettingKeyRing).GetProperties().Select(each => each.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_stored_form_of_this_version_stays_readable()
        => Assert.Equal(
            "smtp-secret",
            Protector(SettingKeyRing.FromKeys([.. Enumerable.Range(0, 32).Select(i => (byte)i)])).Unprotect(Key, "ds1:0941a60a:AAECAwQFBgcICQoLT8CF7qjSyF-FLqwAb8gkbVY7k5Txu1tBV8rH"));

    private static ISettingProtector Protector(SettingKeyRing ring) => SettingProtectorFactory.Create(new() { Keys = () => ring, UseEnvironment = false });

    private SettingException IsRefused(string key, string stored)
    {
        var error = Assert.Throws<SettingException>(() => _protector.Unprotect(key, stored));
        Assert.Equal((DatabaseErrorKind.SecretUnreadable, key), (error.Kind, error.Key));
        Assert.Contains($"'{key}'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        return error;
    }
}
