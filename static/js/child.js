// A child's page needs none of this. It makes leaving faster, keeps what is typed when the page or the internet goes, and
// clears a tablet that nobody touches. Nothing is kept on the device.
(()=>{
const doc=document.documentElement,said=document.body.dataset,form=document.getElementById('page');
const on=addEventListener;
const at=id=>document.getElementById(id);
const ask=(seconds=8)=>fetch('/same',{cache:'no-store',signal:AbortSignal.timeout(seconds*1000)}).then(answer=>answer.ok?answer.text():Promise.reject());
let gone=false,sends=false,holds=false,isTyped=false,soon,onward,wantsHelp;

const go=where=>{gone=true;doc.textContent='';location.replace(where)};
let times=[];
on('keyup',key=>{
if(key.key!=='Shift'){times=[];return}
times=[...times,Date.now()].filter(then=>Date.now()-then<5000);
if(times.length>2)go('/leave')
});
document.addEventListener('click',tap=>{
const link=tap.target.closest('a[href]');
if(!link)return;
if(link.classList.contains('leave')){tap.preventDefault();go('/leave')}
else if(!navigator.onLine&&link.origin===location.origin&&!link.hash){
tap.preventDefault();
hold(()=>location.assign(link.href),link)
}
});

// A page that the browser kept whole is shown only while the visit is the same.
on('pageshow',page=>{
sends=holds=false;
if(!page.persisted||!said.visit)return;
doc.hidden=true;
ask().then(visit=>{if(visit===said.visit)doc.hidden=false;else go('/y/')}).catch(()=>location.reload())
});

const stay=()=>{
clearTimeout(soon);
if(gone||sends||!isTyped)return;
isTyped=false;
const typed=new FormData(form);
for(const [name,one] of [...typed])if(one instanceof File)typed.delete(name);
typed.set('go','stay');
fetch(form.action,{method:'POST',body:new URLSearchParams(typed),keepalive:true}).catch(()=>{isTyped=true})
};
const box=form&&form.querySelector('textarea,[type=text]:not(#extra)');

// Going on waits until we can be reached: a form that was pressed, and a link where the phone knows that it is offline.
const send=()=>{
clearTimeout(soon);
ask().then(()=>{if(!sends){sends=true;onward()}},()=>{
const says=at('away').dataset;
at('away').textContent=[says.lost,box&&box.value.trim()?says.kept:'',says.again].join(' ');
if(wantsHelp)at('call').hidden=false;
if(at('until'))at('until').hidden=true;
soon=setTimeout(send,5000)
})
};
const hold=(way,by)=>{holds=true;onward=way;wantsHelp=!!by&&'call' in by.dataset;send()};
document.addEventListener('submit',press=>{
if(sends)return;
press.preventDefault();
const pressed=press.submitter;
hold(()=>press.target.requestSubmit(pressed),pressed)
});
on('online',()=>{if(holds)send()});
if(form){
form.addEventListener('input',()=>{isTyped=true;if(holds)return;clearTimeout(soon);soon=setTimeout(stay,1200)});
on('pagehide',stay);
on('beforeunload',stay);
document.addEventListener('visibilitychange',()=>{if(document.hidden)stay()})
}

// On a visitor's tablet: asked a while before, and cleared when nobody touches it.
const idle=+said.clear,still=at('still');
if(idle&&still){
let last=Date.now();
const touch=one=>{if(one.type!=='click'&&still.contains(one.target))return;last=Date.now();still.hidden=true};
const look=()=>{
const left=idle-(Date.now()-last)/1000;
if(left<=0)go('/helping/visit');
else if(left<=Math.min(60,idle/2))still.hidden=false
};
for(const kind of ['click','pointerdown','keydown','input','scroll'])on(kind,touch,{passive:true,capture:true});
on('pageshow',look);
setInterval(look,1000)
}
})()
