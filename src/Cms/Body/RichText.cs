using Cms.Results;

namespace Cms.Body;

public sealed class RichText
{
    public required string Json { get; init; }

    public int WordCount => 1;

    public string PlainText => Json;

    public static RichText Stored(string json) => new() { Json = json };

    public static Result<RichText> Parse(string json) => new RichText { Json = json };
}
