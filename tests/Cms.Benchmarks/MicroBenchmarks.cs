using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Cms.Articles;
using Cms.Articles.Reading;
using Cms.Body;
using Cms.GraphQL;

namespace Cms.Benchmarks;

/// <summary>Measures small operations that are part of requests.</summary>
[MemoryDiagnoser]
public class MicroBenchmarks
{
    private static readonly string Json =
        $$"""{"type":"doc","attrs":{"schemaVersion":1},"content":[{{string.Join(',', Enumerable.Range(1, 6).Select(i => $$"""{"type":"paragraph","attrs":{"id":"b{{i}}"},"content":[{"type":"text","text":"{{new string('x', 410)}}"}]}"""))}}]}""";
    private static readonly ListHash List = ListHash.Of("articles");
    private static readonly ArticleFilterInput Filter = new();

    private readonly ArticleId _id = ArticleId.New();
    private readonly string _cursor = Cursor.Write(List, ArticleId.New(), DateTimeOffset.UnixEpoch);

    [Benchmark]
    public RichText ParseBody() => Parsed();

    [Benchmark]
    public string BodyToHtml() => Parsed().Derive(BodyForms.Html).Html;

    [Benchmark]
    public string WriteCursor() => Cursor.Write(List, _id, DateTimeOffset.UnixEpoch);

    [Benchmark]
    public ArticleId ReadCursor()
    {
        Span<CursorKey> keys = stackalloc CursorKey[1];
        return Cursor.Read<ArticleId>(List, _cursor, keys);
    }

    [Benchmark]
    public ListHash HashList() => ListHash.Of("articles").With(Filter).With("x");

    internal static int Run()
    {
        // Runs in process, because the project that the default toolchain generates cannot find this build's output.
        BenchmarkRunner.Run<MicroBenchmarks>(
            DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
        );
        return 0;
    }

    private static RichText Parsed() =>
        RichText.Parse(Json).Succeeded(out var body, out _) ? body : throw new InvalidOperationException("Rejected.");
}
