namespace Cms.Server;

/// <summary>What exceptions say to operators.</summary>
internal static class FaultWords
{
    extension(Exception fault)
    {
        /// <summary>
        /// The first line of the message, without its full stop. The messages of some libraries have pages of details.
        /// </summary>
        public string FirstLine =>
            (fault is AggregateException { InnerException: { } cause } ? cause : fault)
                .Message.Split('\n')[0]
                .Trim()
                .TrimEnd('.');
    }
}
