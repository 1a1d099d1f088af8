using System.Text.Json;
using Xunit;

namespace Cms.GraphQL.Tests;

public sealed class ErrorTests
{
    private readonly SampleApi _api = new();

    [Fact]
    public async Task The_response_to_a_server_fault_contains_only_its_reference()
    {
        var answer = await _api.AskAsync("{ boom same }");
        var logged = Assert.Single(_api.Faults.Messages);
        var reference = logged[^32..];

        Assert.Equal(
            $$$"""{"errors":[{"message":"Something went wrong on our side. It has been logged with reference {{{reference}}}.","locations":[{"line":1,"column":3}],"path":["boom"],"extensions":{"code":"INTERNAL"}}],"data":{"boom":null,"same":7}}""",
            answer
        );
    }

    [Fact]
    public async Task A_failed_batch_fails_only_its_own_fields_and_is_logged_once()
    {
        var answer = await _api.AskAsync("{ broken { title } brokenToo { title } same }");

        Assert.Contains("\"same\":7", answer, StringComparison.Ordinal);
        Assert.Equal(3, answer.Split("INTERNAL").Length);
        Assert.Single(_api.Faults.Messages);
    }

    [Theory]
    [InlineData("{ nothing }", ErrorCodes.ValidationFailed)]
    [InlineData("{ film { id } }", ErrorCodes.ValidationFailed)]
    [InlineData("{ same(number: \"x\") }", ErrorCodes.BadUserInput)]
    [InlineData("{ same(number: 99999999999) }", ErrorCodes.BadUserInput)]
    [InlineData("{ echo(day: \"yesterday\") }", ErrorCodes.BadUserInput)]
    [InlineData("{ films(where: { shownFrom: \"2026-04-23T09:00:00\" }) { totalCount } }", ErrorCodes.BadUserInput)]
    [InlineData("{ films(where: { kind: SILENT }) { totalCount } }", ErrorCodes.BadUserInput)]
    [InlineData("query A { same } query B { same }", ErrorCodes.OperationUnknown)]
    [InlineData("mutation { same }", ErrorCodes.OperationUnknown)]
    [InlineData("query($n: Int!) { same(number: $n) }", ErrorCodes.BadUserInput)]
    [InlineData("query($n: Int!) { same }", ErrorCodes.ValidationFailed)]
    [InlineData("{ films(first: 0) { totalCount } }", ErrorCodes.PageSize)]
    [InlineData("{ films(first: -1) { totalCount } }", ErrorCodes.PageSize)]
    [InlineData("{ films(last: 101) { totalCount } }", ErrorCodes.PageSize)]
    [InlineData("{ films(first: 1, last: 1) { totalCount } }", ErrorCodes.PageArguments)]
    [InlineData("{ films(after: \"a\", before: \"b\") { totalCount } }", ErrorCodes.CursorInvalid)]
    [InlineData("{ films(first: 1, before: \"b\") { totalCount } }", ErrorCodes.CursorInvalid)]
    [InlineData("{ films(after: \"rubbish\") { totalCount } }", ErrorCodes.CursorInvalid)]
    public async Task A_bad_request_has_a_documented_code_and_is_not_logged(string query, string code)
    {
        using var answer = JsonDocument.Parse(await _api.AskAsync(query));
        var errors = answer.RootElement.GetProperty("errors").EnumerateArray().ToList();

        Assert.All(errors, x => Assert.Equal(code, x.GetProperty("extensions").GetProperty("code").GetString()));
        Assert.Empty(_api.Faults.Messages);
    }

    [Fact]
    public async Task A_time_without_an_offset_is_rejected_and_the_message_says_what_is_missing() =>
        Assert.Contains(
            "A DateTime must include its offset from UTC",
            await _api.AskAsync("{ films(where: { shownFrom: \"2026-04-23T09:00:00\" }) { totalCount } }"),
            StringComparison.Ordinal
        );
}
