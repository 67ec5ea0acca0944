using DeployStack.Data.Settings;
using DeployStack.Data.Upstream;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Tests.Settings.Secrets;

public sealed class UpstreamCiphertextReaderTests
{
    private const string Secret = "unit-test-secret-0123456789abcdef";
    private const string Iv = "000102030405060708090a0b0c0d0e0f";
    private const string Stored = $"{Iv}:762a4f5fccd0c32bc213b5af2426f545:9cd07132a8f7592e77bc77";

    private static readonly UpstreamCiphertextReader _reader = new(static () => Secret);

    [Theory]
    [InlineData(Stored, "smtp-secret")]
    [InlineData($"{Iv}:c4156027b58e282076dce41739e4c6d9:", "")]
    [InlineData($"{Iv}:78d302234ceaa1fba30abaebf7f88602:a8cfc6fe461b596df5469728", "Grüße 🔑")]
    public void What_DeployStack_encrypted_is_read(string stored, string expected)
    {
        Assert.True(_reader.Recognises(stored));
        Assert.Equal(expected, _reader.Read("smtp.password", stored));
        Assert.Equal(expected, _reader.Decrypt(stored));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hunter2")]
    [InlineData("a:b:c")]
    [InlineData("ds1:00000000:AAAA")]
    [InlineData(Stored + ":00")]
    public void Other_texts_are_not_recognised(string stored)
    {
        Assert.False(_reader.Recognises(stored));
        IsRefused(_reader, stored);
    }

    [Fact]
    public void Every_flipped_bit_is_found()
    {
        for (var bit = 0; bit < Stored.Length * 16; bit++)
        {
            var text = Stored.ToCharArray();
            text[bit / 16] ^= (char)(1 << (bit % 16));
            IsRefused(_reader, new(text));
        }
    }

    [Fact]
    public void Every_shortened_text_is_found() => Assert.All(Enumerable.Range(0, Stored.Length), length => IsRefused(_reader, Stored[..length]));

    [Fact]
    public void A_wrong_pass_phrase_is_told() => Assert.Contains("pass phrase", IsRefused(new(static () => "wrong"), Stored).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_pass_phrase_the_variable_is_named_and_none_is_guessed(string? secret)
        => Assert.Contains("DEPLOYSTACK_ENCRYPTION_SECRET is not set", IsRefused(new(() => secret), Stored).Message, StringComparison.Ordinal);

    [Fact]
    public void The_pass_phrase_is_asked_for_once()
    {
        var asked = 0;
        var reader = new UpstreamCiphertextReader(() => ++asked == 1 ? Secret : throw new InvalidOperationException());
        Parallel.For(0, 16, _ => Assert.Equal("smtp-secret", reader.Decrypt(Stored)));
        Assert.Equal(1, asked);
    }

    [Fact]
    public void Several_readers_stand_in_the_container()
    {
        var builder = new Builder(new ServiceCollection(), "main");
        builder.AddUpstreamSecrets(static () => "another").AddUpstreamSecrets(static () => Secret);
        using var provider = builder.Services.BuildServiceProvider();
        var readers = provider.GetKeyedServices<ISettingCiphertextReader>("main").ToList();
        Assert.Equal(2, readers.Count);
        Assert.Equal("smtp-secret", readers[1].Read("k", Stored));
    }

    private static SettingException IsRefused(UpstreamCiphertextReader reader, string stored)
    {
        var error = Assert.Throws<SettingException>(() => reader.Read("smtp.password", stored));
        Assert.Equal((DatabaseErrorKind.SecretUnreadable, "smtp.password"), (error.Kind, error.Key));
        Assert.DoesNotContain("smtp-secret", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        return error;
    }

    private sealed record Builder(IServiceCollection Services, string Name) : IDeployStackDataBuilder;
}
