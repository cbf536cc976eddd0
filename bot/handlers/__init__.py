"""What can a user do? A coroutine for each: take apart, call, reply."""
