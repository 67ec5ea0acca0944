namespace DeployStack.Data.Settings.Values;

/// <summary>Which addresses a setting takes.</summary>
internal static class UrlText
{
    public static bool IsWebAddress(Uri value) => value.IsAbsoluteUri && (string.Equals(value.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) || string.Equals(value.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)) && value.Host.Length > 0;
}
