namespace DeployStack.Data.Settings.Exchange;

/// <summary>The bytes of a file, up to a limit.</summary>
internal static class ExchangeContent
{
    private const int FirstSize = 64 * 1024;

    /// <exception cref="SettingException">It is longer.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int maxLength, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxLength);
        var buffer = new byte[Math.Min(FirstSize, maxLength)];
        for (var length = 0; ;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += read;
            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }

            if (length < buffer.Length)
            {
                continue;
            }

            if (length < maxLength)
            {
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, maxLength));
            }
            else if (await stream.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0)
            {
                throw new SettingException(DatabaseErrorKind.InvalidParameter, string.Empty, $"The file of settings is longer than {maxLength} bytes. Nothing was written. Export it in parts, or raise SettingsImportOptions.MaxLength.");
            }
            else
            {
                return buffer;
            }
        }
    }
}
