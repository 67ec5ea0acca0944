namespace DeployStack.Data.Settings.Exchange;

/// <summary>How the secrets of a file are encrypted; each file has a salt, so a key, of its own.</summary>
/// <param name="Iterations">Of the derivation of the key.</param>
/// <param name="Salt">16 random bytes.</param>
/// <param name="Check">A known text encrypted: it tells a wrong pass phrase from an altered value.</param>
internal sealed record ExchangeSecrets(int Iterations, byte[] Salt, string Check)
{
    public const int SaltSize = 16;
    public const int FewestIterations = 600_000;

    /// <summary>More would let a file keep a processor busy for many seconds.</summary>
    public const int MostIterations = 6_000_000;
}
