namespace Cms.Delivery;

/// <summary>Identifies a request: two requests with the same bytes and the same method have equal keys.</summary>
public readonly struct AnswerKey : IEquatable<AnswerKey>
{
    private readonly ReadOnlyMemory<byte> _request;
    private readonly bool _isGet;
    private readonly int _hash;

    /// <param name="request">The body, or the query string of the URL. It must not change afterwards.</param>
    /// <param name="isGet">Whether the request was a GET.</param>
    public AnswerKey(ReadOnlyMemory<byte> request, bool isGet)
    {
        var hash = default(HashCode);
        hash.AddBytes(request.Span);
        hash.Add(isGet);
        (_request, _isGet, _hash) = (request, isGet, hash.ToHashCode());
    }

    public bool Equals(AnswerKey other) =>
        _hash == other._hash && _isGet == other._isGet && _request.Span.SequenceEqual(other._request.Span);

    public override bool Equals(object? obj) => obj is AnswerKey other && Equals(other);

    public override int GetHashCode() => _hash;

    public static bool operator ==(AnswerKey left, AnswerKey right) => left.Equals(right);

    public static bool operator !=(AnswerKey left, AnswerKey right) => !left.Equals(right);

    internal int Size => _request.Length;
}
