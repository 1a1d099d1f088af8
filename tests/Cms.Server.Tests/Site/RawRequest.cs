using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Cms.Server.Tests.Site;

/// <summary>A request whose path and host are sent exactly as they are written.</summary>
internal static class RawRequest
{
    /// <summary>Sends a request, and returns the status and the whole answer.</summary>
    public static async Task<(int Status, string Text)> SendAsync(Uri server, string path, string? host = null)
    {
        using TcpClient client = new();
        await client.ConnectAsync(server.Host, server.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.Latin1.GetBytes(
                $"GET {path} HTTP/1.1\r\nHost: {host ?? server.Authority}\r\nConnection: close\r\n\r\n"
            )
        );
        using StreamReader reader = new(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        return (int.Parse(text.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture), text);
    }
}
