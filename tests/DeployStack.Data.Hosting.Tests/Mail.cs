using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using DeployStack.Data.Settings;
using Microsoft.Extensions.Options;

namespace DeployStack.Data.Hosting.Tests;

/// <summary>The settings that these tests use, and the options that they become.</summary>
internal static class Mail
{
    public static readonly Setting<string> Host = new("smtp.host", "localhost");
    public static readonly Setting<int> Port = new("smtp.port", 587);
    public static readonly Setting<string> FromName = new("smtp.from_name");
    public static readonly Setting<bool> Secure = new("smtp.secure", true);
    public static readonly Setting<string> Password = new("smtp.password") { IsSecret = true };
    public static readonly Setting<IReadOnlyList<string>> Relays = new("smtp.relays");
    public static readonly Setting<Limits> Quota = Setting.Json("smtp.quota", new Limits(10, ["a", "b"]));

    public static readonly Setting<string> ClientId = new("github.oauth.client_id", "none");
    public static readonly Setting<TimeSpan> Timeout = new("github.oauth.time-out.connect", TimeSpan.FromMinutes(5));

    public static SettingGroup Group => new("smtp", "Mail") { Settings = [Host, Port, FromName, Secure, Password, Relays, Quota] };

    public static SettingGroup GitHub => new("github-oauth", "GitHub") { Settings = [ClientId, Timeout] };

    public static IDeployStackDataBuilder AddMail(this IDeployStackDataBuilder database) => database
        .AddSettings(settings => settings.Add(Group).Add(GitHub))
        .AddSettingSecrets(secrets => secrets.Keys = () => SettingKeyRing.FromSecret("a secret of these tests"));

    internal sealed record Limits(int PerHour, IReadOnlyList<string> Exempt);
}

internal sealed class MailOptions
{
    [Required]
    public string Host { get; set; } = string.Empty;

    [Range(1, 1000)]
    public int Port { get; set; }

    public string? FromName { get; set; }

    public bool Secure { get; set; }

    public string? Password { get; set; }

    public List<string> Relays { get; } = [];

    public QuotaOptions Quota { get; } = new();

    internal sealed class QuotaOptions
    {
        public int PerHour { get; set; }

        public List<string> Exempt { get; } = [];
    }
}

/// <summary>What a monitor tells.</summary>
internal sealed class Told<T> : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0);
    private readonly IDisposable _subscription;
    private int _count;
    private long _at;

    public Told(IOptionsMonitor<T> monitor) => _subscription = monitor.OnChange((_, _) =>
    {
        Volatile.Write(ref _at, Stopwatch.GetTimestamp());
        Interlocked.Increment(ref _count);
        _signal.Release();
    })!;

    public int Count => Volatile.Read(ref _count);

    /// <summary>When it was told last, as <see cref="Stopwatch"/> has it.</summary>
    public long At => Volatile.Read(ref _at);

    public async Task OnceAsync() => Assert.True(await _signal.WaitAsync(TimeSpan.FromSeconds(30)), "Nothing was told.");

    public void Dispose()
    {
        _subscription.Dispose();
        _signal.Dispose();
    }
}
