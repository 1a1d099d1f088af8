using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Cms.Testing;

/// <summary>
/// A server that supports only the part of TDS ([MS-TDS]) that the driver needs to throw its own exceptions. It accepts
/// logins or rejects them with an error. It answers a statement with the errors whose numbers the statement contains
/// (<c>/*1205*/</c>).
/// </summary>
public sealed partial class TdsStub : IAsyncDisposable
{
    private const byte TabularResult = 0x04;
    private const byte PreLogin = 0x12;
    private const byte TransactionManager = 0x0E;

    // Requests to the transaction manager.
    private const int Begin = 5;
    private const int Commit = 7;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private readonly TaskCompletionSource _ignored = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isDisposed;

    public TdsStub()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The error with which logins are rejected; null to accept them.</summary>
    public (int Number, byte Class)? LoginError { get; set; }

    /// <summary>The database to which <see cref="LoginError" /> applies; null for every database.</summary>
    public string? RefusedDatabase { get; set; }

    /// <summary>The error numbers for statements that contain a text, by that text.</summary>
    public Dictionary<string, int> StatementErrors { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the server stops responding at the first commit, without a response to the commit.</summary>
    public bool HangsAtCommit { get; set; }

    /// <summary>Whether the server accepts connections but never responds, like a paused server.</summary>
    public bool Hangs { get; set; }

    /// <summary>Completes when the server ignores a message for the first time.</summary>
    public Task Ignored => _ignored.Task;

    /// <summary>The number of accepted connections.</summary>
    public int Connections { get; private set; }

    /// <summary>The number of statements answered with an error.</summary>
    public int Errors { get; private set; }

    public string ConnectionString =>
        $"Server=tcp:127.0.0.1,{((IPEndPoint)_listener.LocalEndpoint).Port};Database=cms;User Id=a;Password=b;Encrypt=False;Pooling=False;Connect Timeout=2";

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> conversations = [];
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                Connections++;
                conversations.Add(TalkAsync(client));
            }
        }
        finally
        {
            await Task.WhenAll(conversations).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            while (true)
            {
                var (type, message) = await ReadAsync(stream);
                Hangs |= HangsAtCommit && type is TransactionManager && RequestOf(message) is Commit;
                if (Hangs)
                {
                    _ignored.TrySetResult();
                    await Task.Delay(Timeout.Infinite, _stopping.Token);
                }

                var answer = type switch
                {
                    PreLogin => PreLoginAnswer,
                    0x10 when LoginError is { } error && IsRefused(message) => (byte[])
                        [.. Error(error.Number, error.Class), .. Done(2)],
                    0x10 => [.. Collation, .. LoginAck, .. Done(0)],
                    TransactionManager => [.. RequestOf(message) is Begin ? Begun : [], .. Done(0)],
                    _ => Answer(message),
                };
                await WriteAsync(stream, answer);
            }
        }
    }

    private byte[] Answer(byte[] statement)
    {
        var text = Text(statement);
        List<int> numbers =
        [
            .. Number
                .Matches(text)
                .Select(match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)),
            .. StatementErrors.Where(error => text.Contains(error.Key, StringComparison.Ordinal)).Select(e => e.Value),
        ];
        if (numbers.Count == 0)
        {
            return Done(0);
        }

        Errors++;
        return [.. numbers.SelectMany(number => Error(number, 16)), .. Done(2)];
    }

    private bool IsRefused(byte[] login) =>
        RefusedDatabase is not { } name || Encoding.Unicode.GetString(login).Contains(name, StringComparison.Ordinal);

    private static string Text(byte[] statement) => Encoding.Unicode.GetString(statement.AsSpan(statement.Length % 2));

    // The request type follows the headers, which begin with their length.
    private static int RequestOf(byte[] message) =>
        BinaryPrimitives.ReadUInt16LittleEndian(message.AsSpan(BinaryPrimitives.ReadInt32LittleEndian(message)));

    private async Task<(byte Type, byte[] Message)> ReadAsync(NetworkStream stream)
    {
        using var message = new MemoryStream();
        var header = new byte[8];
        do
        {
            await stream.ReadExactlyAsync(header, _stopping.Token);
            var part = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - header.Length];
            await stream.ReadExactlyAsync(part, _stopping.Token);
            message.Write(part);
        } while ((header[1] & 1) == 0);

        return (header[0], message.ToArray());
    }

    private async Task WriteAsync(NetworkStream stream, byte[] message)
    {
        var packet = new byte[8 + message.Length];
        (packet[0], packet[1]) = (TabularResult, 1);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        message.CopyTo(packet, 8);
        await stream.WriteAsync(packet, _stopping.Token);
    }

    // Version 16.0, no encryption.
    private static byte[] PreLoginAnswer => [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, 16, 0, 0, 0, 0, 0, 2];

    // ENVCHANGE to SQL_Latin1_General_CP1_CI_AS, without which the driver cannot send a parameter.
    private static byte[] Collation => [0xE3, .. Length(8), 7, 5, 0x09, 0x04, 0xD0, 0x00, 0x34, 0];

    // ENVCHANGE that a transaction has begun, with its descriptor.
    private static byte[] Begun => [0xE3, .. Length(11), 8, 8, 1, 0, 0, 0, 0, 0, 0, 0, 0];

    // TDS 7.4.
    private static byte[] LoginAck =>
        [0xAD, .. Length(1 + 4 + 1 + 6 + 4), 1, 0x74, 0, 0, 4, 3, .. Encoding.Unicode.GetBytes("tds"), 16, 0, 0, 0];

    [GeneratedRegex(@"/\*(?<number>-?\d+)\*/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number { get; }

    private static byte[] Error(int number, byte @class)
    {
        var text = Encoding.Unicode.GetBytes($"Error {number}.");
        var server = Encoding.Unicode.GetBytes("tds");
        var code = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(code, number);
        byte[] body =
        [
            .. code,
            1,
            @class,
            .. Length(text.Length / 2),
            .. text,
            (byte)(server.Length / 2),
            .. server,
            0,
            1,
            0,
            0,
            0,
        ];
        return [0xAA, .. Length(body.Length), .. body];
    }

    private static byte[] Done(byte status) => [0xFD, status, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static byte[] Length(int length)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)length);
        return bytes;
    }
}
