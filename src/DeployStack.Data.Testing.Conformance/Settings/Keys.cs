using DeployStack.Data.Settings;

namespace DeployStack.Data.Testing.Conformance.Settings;

/// <summary>The library's protector with keys that are made of one byte each, and a format that another program writes.</summary>
internal static class Keys
{
    /// <summary>No key at all.</summary>
    public static ISettingProtector None { get; } = SettingProtectorFactory.Create(new() { UseEnvironment = false });

    public static ISettingProtector Of(byte current, params byte[] earlier)
        => SettingProtectorFactory.Create(new() { UseEnvironment = false, Keys = () => SettingKeyRing.FromKeys(Key(current), Array.ConvertAll(earlier, Key)) });

    public static string IdOf(byte key) => SettingKeyRing.FromKeys(Key(key)).CurrentKeyId;

    /// <summary>What the other program stores for a text.</summary>
    public static string Foreign(string text) => string.Concat("old:", string.Concat(text.Reverse()));

    private static byte[] Key(byte one) => [.. Enumerable.Repeat(one, 32)];

    internal sealed class ForeignReader : ISettingCiphertextReader
    {
        public bool Recognises(string stored) => stored.StartsWith("old:", StringComparison.Ordinal);

        public string Read(string key, string stored) => string.Concat(stored[4..].Reverse());
    }
}
