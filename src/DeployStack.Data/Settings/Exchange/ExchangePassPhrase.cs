namespace DeployStack.Data.Settings.Exchange;

/// <summary>The rule for pass phrases of new files.</summary>
internal static class ExchangePassPhrase
{
    private const int MinLength = 12;

    public static void Check(string? passPhrase, string argument)
    {
        if (passPhrase is { Length: < MinLength })
        {
            throw new ArgumentException($"The pass phrase is shorter than {MinLength} characters. Everybody who has the file can try as many as they like: take a long one, or none.", argument);
        }
    }
}
