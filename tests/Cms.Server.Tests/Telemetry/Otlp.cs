using System.Buffers.Binary;
using System.Text;

namespace Cms.Server.Tests.Telemetry;

/// <summary>A message in the encoding of Protocol Buffers, read without its schema.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public ProtoMessage(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var tag = Varint(ref bytes);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    _fields.Add((field, Varint(ref bytes), default));
                    break;
                case 1:
                    _fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span), default));
                    bytes = bytes[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref bytes);
                    _fields.Add((field, 0, bytes[..length]));
                    bytes = bytes[length..];
                    break;
                case 5:
                    _fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span), default));
                    bytes = bytes[4..];
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} is unknown.");
            }
        }
    }

    public IEnumerable<ProtoMessage> Messages(int field) =>
        _fields.Where(f => f.Field == field).Select(f => new ProtoMessage(f.Bytes));

    /// <summary>The messages at the end of a path of fields.</summary>
    public IEnumerable<ProtoMessage> At(params int[] path) =>
        path.Aggregate((IEnumerable<ProtoMessage>)[this], (found, field) => found.SelectMany(m => m.Messages(field)));

    public string Text(int field) => Encoding.UTF8.GetString(BytesOf(field).Span);

    public string Hex(int field) => Convert.ToHexStringLower(BytesOf(field).Span);

    public bool Has(int field) => _fields.Exists(f => f.Field == field);

    public ulong Number(int field) => _fields.Find(f => f.Field == field).Number;

    /// <summary>The attributes in a field, as text.</summary>
    public Dictionary<string, string> Attributes(int field) =>
        Messages(field)
            .ToDictionary(
                pair => pair.Text(1),
                pair =>
                    pair.Messages(2).SingleOrDefault() is not { } value ? ""
                    : value.Has(1) ? value.Text(1)
                    : FormattableString.Invariant($"{value.Number(value.Has(2) ? 2 : 3)}"),
                StringComparer.Ordinal
            );

    private ReadOnlyMemory<byte> BytesOf(int field) => _fields.Find(f => f.Field == field).Bytes;

    private static ulong Varint(ref ReadOnlyMemory<byte> bytes)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes.Span[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}

/// <summary>A span that the server has sent.</summary>
internal sealed record ReceivedSpan(
    string Trace,
    string Id,
    string Parent,
    string Name,
    IReadOnlyDictionary<string, string> Attributes
);

/// <summary>A log entry that the server has sent.</summary>
internal sealed record ReceivedEntry(string Trace, string Message, IReadOnlyDictionary<string, string> Attributes);
