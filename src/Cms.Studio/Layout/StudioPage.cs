using Cms.Studio.Access;
using Cms.Studio.Api;
using Microsoft.AspNetCore.Components;

namespace Cms.Studio.Layout;

/// <summary>A page of the Studio: reads what it shows, and makes the changes that its forms ask for.</summary>
public abstract class StudioPage : ComponentBase
{
    [Inject]
    public required StudioApi Api { get; set; }

    [Inject]
    public required Notices Notices { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required StudioHost Host { get; set; }

    [Inject]
    public required ILoggerFactory Logs { get; set; }

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    /// <summary>Why the page cannot show anything; null if it can.</summary>
    protected string? Problem { get; private set; }

    /// <summary>Why the change that a form asked for was not made.</summary>
    protected IReadOnlyList<Refusal> Refusals { get; private set; } = [];

    /// <summary>Who asks for the page.</summary>
    protected StudioVisitor Visitor => _visitor ??= Host.VisitorOf(Http)!;

    private StudioVisitor? _visitor;

    /// <summary>The least role that may use the page.</summary>
    protected virtual StudioRole Role => StudioRole.Author;

    /// <summary>Reads what the page shows, if the person may use it.</summary>
    protected abstract Task LoadAsync();

    protected sealed override async Task OnInitializedAsync()
    {
        if (Visitor.Role >= Role)
        {
            Problem = await TryAsync(LoadAsync);
        }
    }

    /// <summary>Makes a change, then goes to a page that says what was done. If it is refused, this page says why.</summary>
    /// <param name="operation">The name of the document.</param>
    /// <param name="input">The input of the mutation.</param>
    /// <param name="outcomeOf">Returns the outcome from the answer.</param>
    /// <param name="done">What was done.</param>
    /// <param name="next">The address to go to; null for this page.</param>
    protected internal Task ChangeAsync<T>(
        string operation,
        object input,
        Func<T, IReadOnlyList<Refusal>> outcomeOf,
        string done,
        string? next = null
    ) => ChangeAsync(operation, input, outcomeOf, done, () => next ?? Here);

    /// <summary>Makes a change, then goes to a page whose address depends on the answer.</summary>
    /// <param name="operation">The name of the document.</param>
    /// <param name="input">The input of the mutation.</param>
    /// <param name="outcomeOf">Returns the outcome from the answer.</param>
    /// <param name="done">What was done.</param>
    /// <param name="next">Returns the address to go to when the change is made.</param>
    protected async Task ChangeAsync<T>(
        string operation,
        object input,
        Func<T, IReadOnlyList<Refusal>> outcomeOf,
        string done,
        Func<string> next
    )
    {
        await ShowAsync(async () =>
            Refusals = outcomeOf(await Api.SendAsync<T>(operation, new { input = await WithIdAsync(input) }))
        );
        if (Refusals is [])
        {
            // Going to another address throws a NavigationException, so what follows in a handler is for refusals.
            Notices.Say(done);
            Navigation.NavigateTo(next());
        }
    }

    /// <summary>
    /// Makes a change whose answer this page shows, for example because it contains a secret that nothing keeps. If the API
    /// cannot be asked, the page says why.
    /// </summary>
    /// <param name="work">Makes the change, and reads the page again.</param>
    protected async Task ShowAsync(Func<Task> work)
    {
        if (await TryAsync(work) is { } problem)
        {
            Refuse(new Refusal(problem, []));
        }
    }

    /// <summary>Shows reasons beside the form that was sent.</summary>
    protected void Refuse(params IReadOnlyList<Refusal> refusals) => Refusals = refusals;

    /// <summary>The reasons that are not about another version.</summary>
    protected IReadOnlyList<Refusal> OtherRefusals =>
        [.. Refusals.Where(refusal => refusal.Path is not ["expectedVersion"])];

    /// <summary>Whether somebody else has changed what the form changes since it was opened.</summary>
    protected bool IsConflict => Refusals.Any(refusal => refusal.Path is ["expectedVersion"]);

    /// <summary>The address of this page, with its query.</summary>
    protected string Here => Http.Request.Path + Http.Request.QueryString;

    /// <summary>Returns why a field was refused; null if it was not.</summary>
    protected string? RefusalOf(string field) =>
        Refusals.FirstOrDefault(refusal => refusal.Path is [var first, ..] && first == field)?.Message;

    /// <summary>Returns the input with the id of the form, so that a form that is sent twice is one change.</summary>
    protected async Task<object> WithIdAsync(object input)
    {
        var form = await Http.Request.ReadFormAsync(Http.RequestAborted);
        if (form[Once.Field].ToString() is not { Length: > 0 } id)
        {
            return input;
        }

        var fields = CmsApi.ToJson(input).AsObject();
        fields["clientMutationId"] = id;
        return fields;
    }

    /// <summary>Does something that asks the API. Returns why it failed; null if it did not.</summary>
    protected async Task<string?> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (SignInEndedException)
        {
            Navigation.NavigateTo("/signin?returnUrl=" + Uri.EscapeDataString(Here));
            return "Your session has ended. Sign in again.";
        }
        catch (NotAllowedException refusal)
        {
            return refusal.Message;
        }
        catch (RefusedException refusal)
        {
            return refusal.Message;
        }
        catch (UnknownCursorException)
        {
            return "This page of the list does not exist any more. Go back to the first page.";
        }
        catch (TooManyRequestsException refusal)
        {
            return refusal.Message;
        }
        catch (ApiUnavailableException failure)
        {
            Logs.CreateLogger(GetType()).ApiFailed(failure, Http.Request.Path);
            return "The server could not do this just now, and nothing was changed. Try again in a minute.";
        }
    }
}

/// <summary>What pages log.</summary>
internal static partial class PageLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The Studio's page {Path} got no answer from the API.")]
    public static partial void ApiFailed(this ILogger log, Exception failure, string path);
}
