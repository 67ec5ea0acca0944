namespace DeployStack.Data.Settings.Values;

/// <summary>Absolute addresses of some schemes.</summary>
internal static class UrlText
{
    /// <summary>The schemes of the web.</summary>
    public static IReadOnlyList<string> Web { get; } = [Uri.UriSchemeHttp, Uri.UriSchemeHttps];

    /// <param name="schemes">Which ones are taken, in lower case.</param>
    public static SettingCodec<Uri> Codec(IReadOnlyList<string> schemes) => new(
        SettingType.Url,
        $"an absolute {string.Join(" or ", schemes)} address",
        value => value is null ? string.Empty : IsAddress(value, schemes) ? value.OriginalString.Trim() : null,
        text => Uri.TryCreate(text.Trim(), UriKind.Absolute, out var value) && IsAddress(value, schemes) ? (true, value) : (false, null!));

    // a path of Unix counts as absolute too, as a file; so the scheme must be written out
    private static bool IsAddress(Uri value, IReadOnlyList<string> schemes)
        => value.IsAbsoluteUri
            && schemes.Contains(value.Scheme, StringComparer.Ordinal)
            && value.OriginalString.AsSpan().TrimStart().StartsWith(value.Scheme, StringComparison.OrdinalIgnoreCase)
            && (value.Host.Length > 0 || !Web.Contains(value.Scheme, StringComparer.Ordinal));
}
